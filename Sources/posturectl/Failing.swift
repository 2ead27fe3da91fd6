// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

/// Runs a command's body; what goes wrong is said in one line on standard error, and becomes the exit status.
func reporting(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch FileWriter.Failure.readerGone {
    // `posturectl ... | head` has had enough.
    return
  } catch {
    guard !(error is ExitCode) else { throw error }
    let (status, text) = described(error)
    StandardError.write("posturectl: \(text)\n")
    throw ExitCode(status.rawValue)
  }
}

private func described(_ error: any Error) -> (ExitStatus, String) {
  switch error {
  case let error as ProgramError: (error.status, error.description)
  case let error as InputError: (.badData, error.description)
  case let error as ConfigurationErrors: (.badConfiguration, error.description)
  case let error as UnixSocketError: (.unavailable, error.message)
  case let error as FileWriter.Failure: (.inputOutput, error.message)
  case let error as SystemError: (.inputOutput, error.message)
  default: (.software, "\(error)")
  }
}
