// SPDX-License-Identifier: MIT
import PostureCore

/// By what samples are judged from one of them on: parameters, and a number by which the service side knows them.
package struct Judgement: BitwiseCopyable, Sendable {
  package var number: UInt32
  package var parameters: PosturePipeline.Parameters

  package init(number: UInt32, parameters: PosturePipeline.Parameters) {
    self.number = number
    self.parameters = parameters
  }
}
