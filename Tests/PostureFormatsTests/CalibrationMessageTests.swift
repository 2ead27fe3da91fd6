// SPDX-License-Identifier: MIT
import PostureFormats
import Testing

struct CalibrationMessageTests {
  @Test func posesThatLeaveNothingOpenContradictEachOther() {
    #expect(PoseMessage.lack(["x", "z"]) == "say too little of x, z")
    #expect(PoseMessage.lack([]) == "contradict each other")
  }
}
