namespace Nabla.Kernels;

/// <summary>
/// A bundle of numbers processed together: one SIMD register, or one scalar. Scalar primitives are
/// written once over <typeparamref name="V"/>; the JIT specialises them for every width and dtype.
/// A comparison returns lanes of 1 (true) or 0 (false), so booleans flow through fused code as
/// numbers.
/// </summary>
/// <remarks>
/// Every width computes the same bits lane by lane, and a tail runs through the same code as the
/// rest (<see cref="LoadPart"/>): neither a number's position nor a split can change a result.
/// </remarks>
public unsafe interface ILanes<V> where V : unmanaged, ILanes<V>
{
    /// <summary>How many numbers a bundle holds.</summary>
    static abstract int Count { get; }

    /// <summary>True when the numbers are floating point (functions such as Exp exist).</summary>
    static abstract bool IsFloat { get; }

    /// <summary>All lanes set to a value, converted to the lanes' type.</summary>
    static abstract V Const(double value);

    /// <summary>Loads <see cref="Count"/> consecutive numbers.</summary>
    static abstract V Load(void* source);

    /// <summary>Stores <see cref="Count"/> consecutive numbers.</summary>
    static abstract void Store(V value, void* destination);

    /// <summary>
    /// Loads the first <paramref name="count"/> numbers (0 … <see cref="Count"/>) and touches no
    /// memory behind them; the other lanes are 0.
    /// </summary>
    static abstract V LoadPart(void* source, nint count);

    /// <summary>Stores the first <paramref name="count"/> numbers and nothing behind
    /// them.</summary>
    static abstract void StorePart(V value, void* destination, nint count);

    /// <summary>All lanes −∞, or the type's least number: what every maximum exceeds.</summary>
    static abstract V Lowest { get; }

    /// <summary>All lanes +∞, or the type's greatest number.</summary>
    static abstract V Highest { get; }

    /// <summary>Lane-wise sum.</summary>
    static abstract V operator +(V a, V b);

    /// <summary>Lane-wise difference.</summary>
    static abstract V operator -(V a, V b);

    /// <summary>Lane-wise product.</summary>
    static abstract V operator *(V a, V b);

    /// <summary>Lane-wise quotient (integers: towards zero, and 0 for a zero divisor).</summary>
    static abstract V operator /(V a, V b);

    /// <summary>Lane-wise negation.</summary>
    static abstract V operator -(V a);

    /// <summary>a·b + c, rounded once for floats.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>Lane-wise minimum; NaN wins, as in PyTorch.</summary>
    static abstract V Min(V a, V b);

    /// <summary>Lane-wise maximum; NaN wins, as in PyTorch.</summary>
    static abstract V Max(V a, V b);

    /// <summary>Absolute value.</summary>
    static abstract V Abs(V a);

    /// <summary>1 where a == b, else 0 (0 for NaN).</summary>
    static abstract V Equal(V a, V b);

    /// <summary>1 where a &lt; b, else 0 (0 for NaN).</summary>
    static abstract V Less(V a, V b);

    /// <summary>1 where a ≤ b, else 0 (0 for NaN).</summary>
    static abstract V LessOrEqual(V a, V b);

    /// <summary>a where the condition is not 0, else b. Bits are chosen, never
    /// multiplied.</summary>
    static abstract V Select(V condition, V a, V b);

    /// <summary>Largest integer not above a.</summary>
    static abstract V Floor(V a);

    /// <summary>Smallest integer not below a.</summary>
    static abstract V Ceiling(V a);

    /// <summary>Nearest integer, ties to even.</summary>
    static abstract V Round(V a);

    /// <summary>Integer part.</summary>
    static abstract V Truncate(V a);

    /// <summary>Square root.</summary>
    static abstract V Sqrt(V a);

    /// <summary>eᵃ.</summary>
    static abstract V Exp(V a);

    /// <summary>Natural logarithm.</summary>
    static abstract V Log(V a);

    /// <summary>eᵃ − 1 without cancellation near 0.</summary>
    static abstract V Expm1(V a);

    /// <summary>log(1 + a) without cancellation near 0.</summary>
    static abstract V Log1p(V a);

    /// <summary>Sine (radians).</summary>
    static abstract V Sin(V a);

    /// <summary>Cosine (radians).</summary>
    static abstract V Cos(V a);

    /// <summary>Hyperbolic tangent.</summary>
    static abstract V Tanh(V a);

    /// <summary>1 / (1 + e⁻ᵃ).</summary>
    static abstract V Sigmoid(V a);

    /// <summary>Gauss error function.</summary>
    static abstract V Erf(V a);

    /// <summary>Φ(a), the share of the standard normal distribution below a, and
    /// e^(−a²/2).</summary>
    static abstract V NormalCdf(V a, out V bell);

    /// <summary>a raised to b, with the special cases of C99.</summary>
    static abstract V Pow(V a, V b);

    /// <summary>Angle of the point (b, a), in radians.</summary>
    static abstract V Atan2(V a, V b);

    /// <summary>Remainder with the sign of b, as Python's <c>%</c> and
    /// <c>torch.remainder</c>.</summary>
    static abstract V Remainder(V a, V b);

    /// <summary>Bitwise and of integers; of anything else, 1 or 0 by its truth.</summary>
    static abstract V And(V a, V b);

    /// <summary>Bitwise or of integers; of anything else, 1 or 0 by its truth.</summary>
    static abstract V Or(V a, V b);

    /// <summary>Bitwise exclusive or of integers; of anything else, 1 or 0 by its truth.</summary>
    static abstract V Xor(V a, V b);
}
