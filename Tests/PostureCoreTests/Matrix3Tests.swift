// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct Matrix3Tests {
  private typealias Row = Matrix3.Row
  private let a = Matrix3(Row(1, 2, 3), Row(4, 5, 6), Row(7, 8, 10))
  private let b = Matrix3(Row(2, -1, 0), Row(1, 3, -2), Row(5, 0, 4))
  private let one = Matrix3.diagonal(1)

  private func largest(_ m: Matrix3) -> Double {
    [m.x, m.y, m.z].flatMap { [$0.x.magnitude, $0.y.magnitude, $0.z.magnitude] }.max() ?? 0
  }

  @Test func aProductIsRowsByColumns() {
    #expect(a * b == Matrix3(Row(19, 5, 8), Row(43, 11, 14), Row(72, 17, 24)))
    #expect(b * a == Matrix3(Row(-2, -1, 0), Row(-1, 1, 1), Row(33, 42, 55)))
    #expect(a * one == a)
    #expect(one * a == a)
    #expect(a * .zero == .zero)
  }

  @Test func sumsAndMultiplesAreTakenElementByElement() {
    #expect(a + b == Matrix3(Row(3, 1, 3), Row(5, 8, 4), Row(12, 8, 14)))
    #expect(a - b == Matrix3(Row(-1, 3, 3), Row(3, 2, 8), Row(2, 8, 6)))
    #expect(a * 2 == Matrix3(Row(2, 4, 6), Row(8, 10, 12), Row(14, 16, 20)))
    var changed = a
    changed += b
    #expect(changed == a + b)
    changed -= b
    #expect(changed == a)
  }

  @Test func aMatrixTurnsAColumn() {
    let v = Acceleration(1, -2, 3)
    #expect(a.apply(to: v) == Acceleration(6, 12, 21))
    #expect(a.transposedApply(to: v) == Acceleration(14, 16, 21))
    #expect(a.transposed.apply(to: v) == a.transposedApply(to: v))
  }

  @Test func theTransposeMirrorsAtTheDiagonal() {
    #expect(a.transposed == Matrix3(Row(1, 4, 7), Row(2, 5, 8), Row(3, 6, 10)))
    #expect((a * b).transposed == b.transposed * a.transposed)
  }

  @Test func theTraceIsTheSumOfTheDiagonal() {
    #expect(a.trace == 16)
    #expect(b.trace == 9)
    #expect(Matrix3.diagonal(2.5) == Matrix3(Row(2.5, 0, 0), Row(0, 2.5, 0), Row(0, 0, 2.5)))
  }

  @Test func anOuterProductIsColumnByRow() {
    let product = Matrix3.outer(Acceleration(1, 2, 3), AngularVelocity(4, 5, 6))
    #expect(product == Matrix3(Row(4, 5, 6), Row(8, 10, 12), Row(12, 15, 18)))
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func aRotationsMatrixTurnsAsTheRotation(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let rotation = random.rotation()
    let matrix = rotation.matrix
    let v: Acceleration = random.vector(within: 10)
    #expect((matrix.apply(to: v) - rotation.apply(to: v)).length < 1e-13)
    #expect((matrix.transposedApply(to: v) - rotation.inverse.apply(to: v)).length < 1e-13)
    #expect(largest(matrix * matrix.transposed - one) < 1e-14)
    #expect(largest(matrix.transposed * matrix - one) < 1e-14)
    let other = random.rotation()
    #expect(largest((rotation * other).matrix - matrix * other.matrix) < 1e-14)
  }
}
