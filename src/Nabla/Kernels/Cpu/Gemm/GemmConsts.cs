namespace Nabla.Kernels.Cpu;

/// <summary>A number that the JIT knows: code under a condition on it stays or goes.</summary>
internal interface IGemmConst
{
    static abstract int Value { get; }
}

internal readonly struct N0 : IGemmConst
{
    public static int Value => 0;
}

internal readonly struct N1 : IGemmConst
{
    public static int Value => 1;
}

internal readonly struct N2 : IGemmConst
{
    public static int Value => 2;
}

internal readonly struct N3 : IGemmConst
{
    public static int Value => 3;
}

internal readonly struct N4 : IGemmConst
{
    public static int Value => 4;
}

internal readonly struct N5 : IGemmConst
{
    public static int Value => 5;
}

internal readonly struct N6 : IGemmConst
{
    public static int Value => 6;
}

internal readonly struct N7 : IGemmConst
{
    public static int Value => 7;
}

internal readonly struct N8 : IGemmConst
{
    public static int Value => 8;
}

internal readonly struct N9 : IGemmConst
{
    public static int Value => 9;
}

internal readonly struct N10 : IGemmConst
{
    public static int Value => 10;
}

internal readonly struct N11 : IGemmConst
{
    public static int Value => 11;
}

internal readonly struct N12 : IGemmConst
{
    public static int Value => 12;
}

internal readonly struct N13 : IGemmConst
{
    public static int Value => 13;
}

internal readonly struct N14 : IGemmConst
{
    public static int Value => 14;
}
