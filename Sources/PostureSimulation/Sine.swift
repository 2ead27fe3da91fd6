// SPDX-License-Identifier: MIT

/// The nearest whole number, halves to the even one, for magnitudes below 2^51: by sums alone, so without libm.
func roundedHalfEven(_ x: Double) -> Double {
  // Beside 1.5 * 2^52 the Doubles are whole numbers, and the sum is rounded half to even.
  let whole = 6_755_399_441_055_744.0
  return (x + whole) - whole
}

/// Sine and cosine without libm, the same bits on every machine: an error below 1e-12 for |x| < 1e6 rad.
///
/// The angle is reduced by whole quarter turns, with pi/2 in three parts (the constants of fdlibm's `e_rem_pio2.c`, of
/// which the first two have 33 bits, so that their products with a count below 2^20 are exact), then summed as Taylor
/// series.
package func sineAndCosine(_ radians: Double) -> (sine: Double, cosine: Double) {
  let quarters = roundedHalfEven(radians * (2 / Double.pi))
  var r = radians - quarters * 1.570_796_326_734_125_614_17e+00
  r -= quarters * 6.077_100_506_303_965_976_60e-11
  r -= quarters * 2.022_266_248_795_950_631_54e-21
  let s = r * r
  let sine = r + r * s * sineTail(s)
  let cosine = 1 + s * cosineTail(s)
  switch Int64(quarters) & 3 {
  case 0: return (sine, cosine)
  case 1: return (cosine, -sine)
  case 2: return (-sine, -cosine)
  default: return (-cosine, sine)
  }
}

/// (sin r - r) / r³ as a polynomial of r² for |r| <= pi/4; what is left out is below 5e-17.
private func sineTail(_ s: Double) -> Double {
  var sum = 1.0 / 6_227_020_800 - s / 1_307_674_368_000
  sum = 1.0 / 39_916_800 - s * sum
  sum = 1.0 / 362_880 - s * sum
  sum = 1.0 / 5040 - s * sum
  sum = 1.0 / 120 - s * sum
  return s * sum - 1.0 / 6
}

/// (cos r - 1) / r² as a polynomial of r² for |r| <= pi/4; what is left out is below 3e-18.
private func cosineTail(_ s: Double) -> Double {
  var sum = 1.0 / 87_178_291_200 - s / 20_922_789_888_000
  sum = 1.0 / 479_001_600 - s * sum
  sum = 1.0 / 3_628_800 - s * sum
  sum = 1.0 / 40320 - s * sum
  sum = 1.0 / 720 - s * sum
  sum = 1.0 / 24 - s * sum
  return s * sum - 0.5
}
