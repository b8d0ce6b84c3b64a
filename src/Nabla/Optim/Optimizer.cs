using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// Changes parameters by their gradients. All its state, the learning rate included, is tensors
/// made up front: a captured step reads and writes them, and a schedule needs no new capture.
/// </summary>
/// <remarks>A parameter without a gradient is left alone, and so is its state.</remarks>
public abstract class Optimizer
{
    private readonly List<Slot> _slots = [];
    private readonly List<Group> _groups = [];
    private readonly Tensor _step = Tensor.Scalar(0.0);
    private double _learningRate;

    /// <summary>Takes the groups and makes their state.</summary>
    /// <param name="groups">The parameters.</param>
    /// <param name="learningRate">The groups' learning rate unless they have their own.</param>
    /// <param name="weightDecay">The groups' weight decay unless they have their own.</param>
    /// <param name="states">The names of the tensors that each parameter keeps, zero at first and
    /// of its shape.</param>
    /// <exception cref="ArgumentException">No parameter, one twice, or a number out of range.
    /// </exception>
    protected Optimizer(IEnumerable<ParameterGroup> groups, double learningRate,
        double weightDecay, params string[] states)
    {
        Require(learningRate, nameof(learningRate));
        Require(weightDecay, nameof(weightDecay));
        StateNames = states;
        _learningRate = learningRate;
        var seen = new Dictionary<Tensor, Group>(ReferenceEqualityComparer.Instance);
        var names = new HashSet<string>();
        foreach (var group in groups)
        {
            var own = new Group(
                group.LearningRate ?? learningRate, group.WeightDecay ?? weightDecay);
            Require(own.BaseRate, nameof(learningRate));
            Require(own.WeightDecay, nameof(weightDecay));
            _groups.Add(own);
            foreach (var (name, tensor) in group.Parameters)
            {
                // A tied parameter has several names in one group, and is stepped once.
                if (!seen.TryAdd(tensor, own))
                {
                    if (seen[tensor] != own)
                    {
                        throw new ArgumentException($"{Kind}: the parameter {name} is in two "
                            + "groups; which options should it follow?");
                    }
                    continue;
                }
                if (!tensor.IsLeaf)
                {
                    throw new ArgumentException($"{Kind}: {name} was computed by {tensor.GradFn}; "
                        + "an optimizer steps leaves: parameters, not what is made of them");
                }
                if (!names.Add(name))
                {
                    throw new ArgumentException($"{Kind}: two parameters are called '{name}'");
                }
                _slots.Add(new Slot(name, tensor, own,
                    Array.ConvertAll(states, _ => Tensor.ZerosLike(tensor))));
            }
        }
        if (_slots.Count == 0)
        {
            throw new ArgumentException($"{Kind}: there is no parameter to optimize");
        }
        BaseLearningRate = learningRate;
    }

    /// <summary>The learning rate of groups without their own; the others change in proportion.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or no number.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set
        {
            Require(value, nameof(LearningRate));
            _learningRate = value;
            foreach (var group in _groups)
            {
                var rate = BaseLearningRate > 0
                    ? group.BaseRate / BaseLearningRate * value
                    : value;
                // Not an Assign: a schedule changes the rate before every step.
                group.Rate.Device.Fill(rate, group.Rate);
                group.Rate.Storage.Version++;
            }
        }
    }

    /// <summary>The parameters, in order.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Parameters =>
        _slots.Select(s => (s.Name, s.Parameter));

    /// <summary>The learning rate it was made with: what schedules scale.</summary>
    public double BaseLearningRate { get; }

    private string Kind => GetType().Name;

    private string[] StateNames { get; }

    /// <summary>Changes every parameter that has a gradient.</summary>
    /// <exception cref="InvalidOperationException">A parameter was discarded.</exception>
    public void Step()
    {
        // Rules that others wrote may keep what they see.
        var isForeign = GetType().Assembly != typeof(Optimizer).Assembly;
        using (GradMode.NoGrad())
        {
            _step.Assign(_step + 1);
            Begin(_step);
            _groups.ForEach(group => group.Forget());
            foreach (var slot in _slots)
            {
                slot.Parameter.Storage.ThrowIfDiscarded();
                if (GradState.Of(slot.Parameter) is { } state
                    && (isForeign ? state.ShowGrad() : state.PeekGrad()) is { } gradient)
                {
                    Update(slot, gradient);
                }
            }
        }
    }

    /// <summary>Drops all gradients, so that the next backward pass starts from none.</summary>
    public void ZeroGrad()
    {
        foreach (var slot in _slots)
        {
            slot.Parameter.Grad = null;
        }
    }

    /// <summary>Computes what all parameters of a step share.</summary>
    /// <param name="step">The step's number from 1, float64 ().</param>
    protected virtual void Begin(Tensor step)
    {
    }

    /// <summary>Changes one parameter, in place, and its state.</summary>
    /// <param name="slot">The parameter, its options and its state.</param>
    /// <param name="gradient">Its gradient.</param>
    protected abstract void Update(Slot slot, Tensor gradient);

    /// <summary>Whether an update in one pass can do it; other types take the way of single ops.
    /// </summary>
    private protected static bool IsPlain(Tensor x, Tensor gradient) =>
        x.DType is DType.Float32 or DType.Float64 && gradient.DType == x.DType
        && gradient.Shape == x.Shape && x.IsContiguous;

    /// <summary>Runs an op whose outputs replace tensors: in place where it can.</summary>
    /// <param name="op">A pointwise op with an output for each of the tensors.</param>
    /// <param name="targets">What to replace; contiguous, each a memory of its own.</param>
    /// <param name="inputs">The op's inputs.</param>
    private protected static void Replace(
        Op op, ReadOnlySpan<Tensor> targets, ReadOnlySpan<Tensor> inputs)
    {
        if (Tracer.Current is null && !IsAnySymbolic(inputs))
        {
            Dispatcher.Compute(op, inputs, targets);
            foreach (var target in targets)
            {
                target.Storage.Version++;
            }
            return;
        }
        var values = op.ApplyAll(inputs);
        for (var i = 0; i < values.Length; i++)
        {
            targets[i].Assign(values[i]);
        }
    }

    private static bool IsAnySymbolic(ReadOnlySpan<Tensor> tensors)
    {
        foreach (var tensor in tensors)
        {
            if (tensor.IsSymbolic)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The state, each tensor named <c>parameter.state</c>: of the running values, not
    /// copies.</summary>
    public OrderedDictionary<string, Tensor> StateDict()
    {
        var state = new OrderedDictionary<string, Tensor>();
        foreach (var slot in _slots)
        {
            for (var i = 0; i < StateNames.Length; i++)
            {
                state.Add($"{slot.Name}.{StateNames[i]}", slot.State(i));
            }
        }
        state.Add("step", _step);
        state.Add("learning_rate", Tensor.Scalar(_learningRate));
        for (var i = 0; i < _groups.Count; i++)
        {
            state.Add($"learning_rate.{i}", _groups[i].Rate);
        }
        return state;
    }

    /// <summary>Takes over a state.</summary>
    /// <exception cref="ArgumentException">It is of another optimizer or of other parameters; all
    /// differences are listed and nothing is changed.</exception>
    public void LoadStateDict(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var own = StateDict();
        var wrong = own.Keys.Where(name => !state.ContainsKey(name)).Select(n => $"missing: {n}")
            .Concat(state.Keys.Where(n => !own.ContainsKey(n)).Select(n => $"unexpected: {n}"))
            .Concat(own.Where(p => state.TryGetValue(p.Key, out var v) && v.Shape != p.Value.Shape)
                .Select(p => $"shape of {p.Key}: {p.Value.Shape} here, {state[p.Key].Shape} there"))
            .ToList();
        if (wrong.Count > 0)
        {
            throw new ArgumentException($"LoadStateDict: the state does not fit this {Kind}: "
                + string.Join("; ", wrong));
        }
        using (GradMode.NoGrad())
        {
            foreach (var (name, tensor) in own)
            {
                tensor.Assign(state[name]);
            }
        }
        _learningRate = state["learning_rate"].Item<double>();
    }

    /// <summary>Throws for a negative number, an infinity or no number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is one.</exception>
    protected static void Require(double value, string name)
    {
        if (!(value >= 0) || double.IsInfinity(value))
        {
            throw new ArgumentOutOfRangeException(name,
                $"{name} is a number from 0 up, but got {value}");
        }
    }

    /// <summary>Throws for a number outside [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    protected static void RequireShare(double value, string name)
    {
        if (value is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(name,
                $"{name} is a number from 0 to below 1, but got {value}");
        }
    }

    /// <summary>The model's parameters as one group.</summary>
    protected static IEnumerable<ParameterGroup> GroupsOf(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [ParameterGroup.Of(model)];
    }

    /// <summary>A parameter with its options and its state.</summary>
    protected sealed class Slot
    {
        private readonly Group _group;
        private readonly Tensor[] _states;

        internal Slot(string name, Tensor parameter, Group group, Tensor[] states) =>
            (Name, Parameter, _group, _states) = (name, parameter, group, states);

        /// <summary>Its name.</summary>
        public string Name { get; }

        /// <summary>What to change.</summary>
        public Tensor Parameter { get; }

        /// <summary>The learning rate, ().</summary>
        public Tensor LearningRate => _group.RateAs(Parameter.DType.Compute);

        /// <summary>The weight decay.</summary>
        public double WeightDecay => _group.WeightDecay;

        /// <summary>The learning rate as it is kept, float64 ().</summary>
        internal Tensor Rate => _group.Rate;

        /// <summary>One of the tensors kept for it, by its place in the constructor's list.
        /// </summary>
        public Tensor State(int index) => _states[index];
    }

    /// <summary>Options that several parameters share.</summary>
    protected sealed class Group
    {
        private Tensor? _rateOfStep;

        internal Group(double rate, double weightDecay)
        {
            (BaseRate, WeightDecay) = (rate, weightDecay);
            Rate = Tensor.Scalar(rate);
        }

        internal double BaseRate { get; }

        internal double WeightDecay { get; }

        internal Tensor Rate { get; }

        internal void Forget() => _rateOfStep = null;

        internal Tensor RateAs(DType type) =>
            _rateOfStep is { } known && known.DType == type ? known : _rateOfStep = Rate.To(type);
    }
}
