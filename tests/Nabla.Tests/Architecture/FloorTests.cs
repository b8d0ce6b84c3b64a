using System.Text.RegularExpressions;

namespace Nabla.Tests.Architecture;

/// <summary>A floor of src/Nabla uses the floors below it, never one above or beside it.</summary>
public class FloorTests
{
    private static readonly Dictionary<string, int> s_floors = new()
    {
        ["Kernels"] = 1,
        ["Tensors"] = 2,
        ["Autograd"] = 3,
        ["Ops"] = 4,
        ["Graphs"] = 5,
        ["Nn"] = 6,
        ["Formats"] = 7,
        ["Optim"] = 7,
        ["Data"] = 7,
        ["Training"] = 8,
    };

    /// <summary>On one floor, data sets are read from files.</summary>
    private static readonly HashSet<(string From, string To)> s_doors = [("Data", "Formats")];

    [Fact]
    public void Every_folder_of_the_framework_is_a_floor() => Repository.AssertNone(
        Repository.Files("src/Nabla", ".cs").Select(Floor).Distinct().Except(s_floors.Keys));

    [Fact]
    public void The_namespace_is_the_folder_or_Nabla_itself()
    {
        var wrong = new List<string>();
        foreach (var path in Repository.Files("src/Nabla", ".cs"))
        {
            var folder = path["src/".Length..path.LastIndexOf('/')].Replace('/', '.');
            var line = Regex.Match(Repository.Read(path), @"(?m)^namespace ([\w.]+);");
            var declared = line.Groups[1].Value;
            if (declared is not "Nabla" && !(folder + ".").StartsWith(declared + "."))
            {
                wrong.Add($"{path}: namespace {declared}");
            }
        }

        Repository.AssertNone(wrong);
    }

    [Fact]
    public void A_floor_uses_only_the_floors_below_it()
    {
        var files = Repository.Files("src/Nabla", ".cs")
            .ToDictionary(path => path, Repository.Read);
        Repository.AssertNone(Trespasses(files));
    }

    [Fact]
    public void The_check_sees_each_way_to_name_a_higher_floor()
    {
        var files = new Dictionary<string, string>
        {
            ["src/Nabla/Nn/Module.cs"] = "namespace Nabla.Nn; public class Module {}",
            ["src/Nabla/Tensors/Tensor.cs"] = "namespace Nabla; public class Tensor {}",
            ["src/Nabla/Formats/Npy.cs"] = "namespace Nabla.Formats; using Nabla.Nn;",
            ["src/Nabla/Kernels/A.cs"] = "namespace Nabla.Kernels; using Nabla.Nn; // Module",
            ["src/Nabla/Kernels/B.cs"] = "namespace Nabla.Kernels; class B { Nn.Module m; }",
            ["src/Nabla/Kernels/C.cs"] = "namespace Nabla.Kernels; class C { Tensor t; }",
            ["src/Nabla/Kernels/D.cs"] = "namespace Nabla.Kernels; /* Tensor */ class D;",
            ["src/Nabla/Optim/E.cs"] = "namespace Nabla.Optim; using static Nabla.Formats.Npy;",
            ["src/Nabla/Data/F.cs"] = "namespace Nabla.Data; using Nabla.Formats;",
        };
        Assert.Equal(
            ["Kernels/A.cs", "Kernels/B.cs", "Kernels/C.cs", "Optim/E.cs"],
            Trespasses(files).Select(line => line["src/Nabla/".Length..line.IndexOf(':')]));
    }

    [Fact]
    public void The_framework_itself_needs_no_package_but_those_of_the_platform()
    {
        var project = Repository.Read("src/Nabla/Nabla.csproj");
        var packages = Regex.Matches(project, "PackageReference Include=\"([^\"]+)\"")
            .Select(match => match.Groups[1].Value);
        Assert.All(packages, name => Assert.StartsWith("System.", name));
        var projects = Regex.Matches(project, "<ProjectReference[^>]*>").Select(m => m.Value);
        Assert.All(projects, reference => Assert.Contains(
            "OutputItemType=\"Analyzer\" ReferenceOutputAssembly=\"false\"", reference));
    }

    private static List<string> Trespasses(IReadOnlyDictionary<string, string> files)
    {
        var code = files.ToDictionary(file => file.Key, file => Repository.Code(file.Value));
        var inRoot = code
            .Where(file => Regex.IsMatch(file.Value, @"\bnamespace\s+Nabla\s*;"))
            .SelectMany(file => Repository.Types(file.Value)
                .Select(type => (type.Name, Floor: Floor(file.Key))))
            .Distinct()
            .GroupBy(type => type.Name)
            .Where(same => same.Count() == 1)
            .Select(same => same.Single())
            .ToArray();
        var members = s_floors.Keys.ToDictionary(floor => floor, floor => code
            .Where(file => Floor(file.Key) == floor)
            .SelectMany(file => Repository.Types(file.Value).Select(type => type.Name)
                .Concat(file.Key.Split('/')[3..^1]))
            .ToHashSet());

        var wrong = new List<string>();
        foreach (var (path, text) in code.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            var own = Floor(path);
            var forbidden = s_floors.Keys.Where(floor => !May(own, floor)).ToArray();
            foreach (var floor in forbidden)
            {
                var named = Regex.IsMatch(text, $@"\bNabla\.{floor}\b") ||
                    Regex.Matches(text, $@"(?<![\w.]){floor}\.(\w+)")
                        .Any(match => members[floor].Contains(match.Groups[1].Value));
                var type = inRoot.FirstOrDefault(type => type.Floor == floor &&
                    Regex.IsMatch(text, $@"(?<![\w.]){type.Name}\b(?!\s*[=(])")).Name;
                if (named || type is not null)
                {
                    wrong.Add($"{path}: {own} must not use {floor} {type}".TrimEnd());
                }
            }
        }

        return wrong;
    }

    private static bool May(string from, string to) =>
        from == to || s_floors[to] < s_floors[from] || s_doors.Contains((from, to));

    private static string Floor(string path) => path.Split('/')[2];
}
