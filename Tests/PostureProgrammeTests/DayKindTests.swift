// SPDX-License-Identifier: MIT
import PostureProgramme
import Testing

struct DayKindTests {
  @Test(arguments: [
    // Judged, done, upright: of 600 s planned.
    (0, 0, 0, DayKind.missed), (59, 0, 0, .missed), (60, 0, 0, .poorTime), (7200, 0, 0, .poorTime),
    (7200, 299, 299, .poorTime), (7200, 300, 300, .fair), (7200, 449, 449, .fair), (7200, 450, 450, .good),
    (7200, 600, 480, .good), (7200, 600, 479, .fair), (7200, 600, 390, .fair), (7200, 600, 389, .poorPosture),
    (7200, 600, 0, .poorPosture), (600, 600, 600, .good), (7200, 1200, 960, .good),
  ])
  func aDayIsWhatItsTrainingWas(_ judged: Int, _ done: Int, _ upright: Int, _ kind: DayKind) {
    let training = ProgrammeDay.Training(done: done, upright: upright)
    #expect(DayKind(ProgrammeDay(0, judged: judged, training: training), planned: 600, Rules()) == kind)
  }
}
