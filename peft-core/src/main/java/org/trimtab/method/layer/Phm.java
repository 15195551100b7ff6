package org.trimtab.method.layer;

import org.trimtab.tensor.Tensor;

/**
 * A parameterised hypercomplex multiplication (Zhang et al., ICLR 2021): y = x Σ_i A_i ⊗ B_i, of
 * which the Kronecker products are never made.
 *
 * @param n how many terms; it divides the widths of both sides
 * @param rules A, (n, n, n), the term first
 */
public record Phm(int n, Tensor rules) {
  /**
   * x (B, T, in) to (B, T, out).
   *
   * @param weights B, (n, in / n, out / n)
   */
  public Tensor of(Tensor x, Tensor weights) {
    // vec(Σ A_iᵀ X B_i) with X = x as (n, in / n): first X B_i for all i, then mix by A.
    Tensor parts = x.view(0, 0, 1, n, -1).matmul(weights); // (B, T, i, n, out / n)
    Tensor mixed = rules.t().matmul(parts); // A_iᵀ (X B_i)
    return mixed.sumAxis(2).view(0, 0, -1);
  }

  /** B of rank r: s (n, in / n, r), t (n, r, out / n). */
  public Tensor of(Tensor x, Tensor left, Tensor right) {
    Tensor parts = x.view(0, 0, 1, n, -1).matmul(left).matmul(right);
    return rules.t().matmul(parts).sumAxis(2).view(0, 0, -1);
  }
}
