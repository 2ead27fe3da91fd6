// SPDX-License-Identifier: MIT

/// Six numbers: the unknowns of a fit, or one row of its derivatives.
typealias SixNumbers = InlineArray<6, Double>

/// The normal equations of a least-squares fit of six unknowns, summed up row by row.
struct NormalEquations {
  /// The sum of r rᵀ over all rows, row by row.
  private var matrix = InlineArray<36, Double>(repeating: 0)
  /// The sum of r times the row's residual.
  private(set) var gradient = SixNumbers(repeating: 0)

  /// - Parameters:
  ///   - row: the residual's derivatives by the unknowns.
  ///   - residual: what is measured less what is wanted.
  mutating func add(_ row: SixNumbers, residual: Double = 0) {
    for i in 0..<6 {
      gradient[i] += row[i] * residual
      for j in 0..<6 { matrix[6 * i + j] += row[i] * row[j] }
    }
  }

  /// The factor of the matrix, with `ridge` added to its diagonal; nil where it has none, because the rows leave
  /// something open.
  func factored(ridge: Double = 0) -> CholeskyFactor? {
    var lower = InlineArray<36, Double>(repeating: 0)
    for i in 0..<6 {
      for j in 0...i {
        var sum = matrix[6 * i + j] + (i == j ? ridge : 0)
        for k in 0..<j { sum -= lower[6 * i + k] * lower[6 * j + k] }
        if i == j {
          // Rounding alone gives less than this; not a number fails as well.
          guard sum > 1e-9 else { return nil }
          lower[7 * i] = sum.squareRoot()
        } else {
          lower[6 * i + j] = sum / lower[7 * j]
        }
      }
    }
    return CholeskyFactor(lower: lower)
  }
}

/// The lower triangle L of a matrix A = L Lᵀ.
struct CholeskyFactor {
  fileprivate let lower: InlineArray<36, Double>

  /// x of A x = b.
  func solve(_ b: SixNumbers) -> SixNumbers {
    var x = halfway(b)
    for i in (0..<6).reversed() {
      for k in i + 1..<6 { x[i] -= lower[6 * k + i] * x[k] }
      x[i] /= lower[7 * i]
    }
    return x
  }

  /// rᵀ A⁻¹ r: for a row of the fit its leverage, for one unknown its variance.
  func quadratic(_ r: SixNumbers) -> Double {
    let half = halfway(r)
    var sum = 0.0
    for i in 0..<6 { sum += half[i] * half[i] }
    return sum
  }

  /// L⁻¹ b.
  private func halfway(_ b: SixNumbers) -> SixNumbers {
    var x = b
    for i in 0..<6 {
      for k in 0..<i { x[i] -= lower[6 * i + k] * x[k] }
      x[i] /= lower[7 * i]
    }
    return x
  }
}
