using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Graphs;

/// <summary>
/// Emits code for a fused chain: one loop that loads a bundle of each input, calls every primitive
/// (the JIT inlines them, so nothing leaves the registers), and stores the outputs.
/// </summary>
internal static unsafe class Emitter
{
    private static readonly ConcurrentDictionary<string, FusedKernel> Known = new();

    [ThreadStatic]
    private static bool _isDisabled;

    /// <summary>Whether this thread may emit code; tests switch it off.</summary>
    public static bool IsEnabled
    {
        get => !_isDisabled;
        set => _isDisabled = !value;
    }

    private delegate V LoadFn<V>(void* source);

    private delegate void StoreFn<V>(V value, void* destination);

    private delegate V LoadPartFn<V>(void* source, nint count);

    private delegate void StorePartFn<V>(V value, void* destination, nint count);

    /// <summary>Gives the program emitted code where run-time code is allowed.</summary>
    public static void TryCompile(FusedProgram program)
    {
        if (!RuntimeFeature.IsDynamicCodeCompiled || !IsEnabled)
        {
            return;
        }
        program.Compiled = Known.GetOrAdd(program.Key, static (_, p) => Compile(p), program);
    }

    [UnconditionalSuppressMessage("AOT", "IL3050",
        Justification = "Called only where RuntimeFeature.IsDynamicCodeCompiled.")]
    private static FusedKernel Compile(FusedProgram program)
    {
        var method = new DynamicMethod("nabla_fused", typeof(void),
            [typeof(void**), typeof(nint)], typeof(Emitter).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        if (Avx512F.IsSupported)
        {
            Emit<F32x16>(il, program);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Emit<F32x8>(il, program);
        }
        else
        {
            Emit<F32x4>(il, program);
        }
        return method.CreateDelegate<FusedKernel>();
    }

    private static void Emit<V>(ILGenerator il, FusedProgram program)
        where V : unmanaged, ILanes<V>
    {
        var operands = program.Inputs + program.Outputs.Length;
        var pointers = new LocalBuilder[operands];
        for (var i = 0; i < operands; i++)
        {
            pointers[i] = il.DeclareLocal(typeof(void*));
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, i * sizeof(void*));
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_I);
            il.Emit(OpCodes.Stloc, pointers[i]);
        }
        var loop = il.DefineLabel();
        var tail = il.DefineLabel();
        var end = il.DefineLabel();
        il.MarkLabel(loop);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4, V.Count);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Blt, tail);
        Body<V>(il, program, pointers, part: false);
        foreach (var pointer in pointers)
        {
            il.Emit(OpCodes.Ldloc, pointer);
            il.Emit(OpCodes.Ldc_I4, sizeof(V));
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, pointer);
        }
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4, V.Count);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg, 1);
        il.Emit(OpCodes.Br, loop);
        il.MarkLabel(tail);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Brfalse, end);
        Body<V>(il, program, pointers, part: true);
        il.MarkLabel(end);
        il.Emit(OpCodes.Ret);
    }

    private static void Body<V>(
        ILGenerator il, FusedProgram program, LocalBuilder[] pointers, bool part)
        where V : unmanaged, ILanes<V>
    {
        var registers = new LocalBuilder[program.Inputs + program.Steps.Length];
        for (var i = 0; i < program.Inputs; i++)
        {
            registers[i] = il.DeclareLocal(typeof(V));
            il.Emit(OpCodes.Ldloc, pointers[i]);
            if (part)
            {
                il.Emit(OpCodes.Ldarg_1);
            }
            il.Emit(OpCodes.Call, part
                ? ((LoadPartFn<V>)V.LoadPart).Method
                : ((LoadFn<V>)V.Load).Method);
            il.Emit(OpCodes.Stloc, registers[i]);
        }
        for (var i = 0; i < program.Steps.Length; i++)
        {
            var step = program.Steps[i];
            il.Emit(OpCodes.Ldloc, registers[step.A]);
            if (step.Arity > 1)
            {
                il.Emit(OpCodes.Ldloc, registers[step.B]);
            }
            if (step.Arity > 2)
            {
                il.Emit(OpCodes.Ldloc, registers[step.C]);
            }
            il.Emit(OpCodes.Call, program.Ops[i].Lane<V>());
            registers[program.Inputs + i] = il.DeclareLocal(typeof(V));
            il.Emit(OpCodes.Stloc, registers[program.Inputs + i]);
        }
        for (var i = 0; i < program.Outputs.Length; i++)
        {
            il.Emit(OpCodes.Ldloc, registers[program.Outputs[i]]);
            il.Emit(OpCodes.Ldloc, pointers[program.Inputs + i]);
            if (part)
            {
                il.Emit(OpCodes.Ldarg_1);
            }
            il.Emit(OpCodes.Call, part
                ? ((StorePartFn<V>)V.StorePart).Method
                : ((StoreFn<V>)V.Store).Method);
        }
    }
}
