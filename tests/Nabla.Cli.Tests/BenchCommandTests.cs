namespace Nabla.Cli.Tests;

public class BenchCommandTests
{
    [Fact]
    public async Task Times_a_row_in_a_process_of_its_own()
    {
        var answer = await Cli.RunAsync("bench", "--filter", "mlp-32-adam-eager", "--json");
        Assert.True(answer.Code == 0, answer.Error);
        Assert.Equal(["machine", "rows", "skipped"], answer.Json.Select(pair => pair.Key));
        var row = Assert.Single(answer.Json["rows"]!.AsArray())!.AsObject();
        Assert.Equal(["name", "ours_ms", "peer", "peer_ms", "ratio", "floor_ms", "ours_peak_mb",
            "peer_peak_mb"], row.Select(pair => pair.Key).Take(8));
        Assert.Equal("mlp-32-adam-eager", (string?)row["name"]);
        Assert.Null(row["peer"]);
        var (best, median) = ((double)row["ours_ms"]!, (double)row["ours_median_ms"]!);
        Assert.InRange(best, (double)row["floor_ms"]!, median);
        // 3 × 203,264 multiply-adds without the first layer's input gradient, for 32 samples.
        Assert.Equal(2 * 32 * ((3 * 203_264) - 200_704), (double)row["flops"]!);
        if (OperatingSystem.IsLinux())
        {
            Assert.InRange((double)row["ours_peak_mb"]!, 0.5, 500);
        }
        Assert.True((double)answer.Json["machine"]!["peak_gflops"]! > 0.1);
        Assert.True((double)answer.Json["machine"]!["memory_gb_per_s"]! > 0.1);
        Assert.Contains("mlp-32-adam-eager", answer.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("peer ms", answer.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_sizes_near_the_tables_on_request()
    {
        var answer = await Cli.RunAsync("bench", "--near", "--filter", "lenet-24", "--json");
        Assert.True(answer.Code == 0, answer.Error);
        var row = Assert.Single(answer.Json["rows"]!.AsArray())!;
        Assert.Equal("lenet-24", (string?)row["name"]);

        answer = await Cli.RunAsync("bench", "--near", "--filter", "lenet-256");
        Assert.Equal(2, answer.Code);
        Assert.Contains("char-lstm-24x50x200", answer.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_a_peer_that_is_not_installed_and_how_to_install_it()
    {
        Environment.SetEnvironmentVariable("NABLA_PYTHON", "/nowhere/python3");
        try
        {
            var answer = await Cli.RunAsync("bench", "--peers", "--filter", "gemm-1024", "--json");
            Assert.Equal(0, answer.Code);
            var skipped = Assert.Single(answer.Json["skipped"]!.AsArray())!;
            Assert.Equal("PyTorch", (string?)skipped["peer"]);
            Assert.Contains("apt-get install python3-torch", (string?)skipped["reason"],
                StringComparison.Ordinal);
            Assert.Contains("PyTorch is skipped", answer.Sentence, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NABLA_PYTHON", null);
        }
    }

    [Fact]
    public void Names_ONNX_Runtime_and_how_to_install_it_when_PyTorch_cannot_export()
    {
        Environment.SetEnvironmentVariable("NABLA_PYTHON", "/nowhere/python3");
        try
        {
            var reason = Nabla.Cli.Bench.Peers.Missing(Nabla.Cli.Bench.PeerKind.OnnxRuntime);
            Assert.Matches("npm install --ignore-scripts|apt-get install python3-torch", reason);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NABLA_PYTHON", null);
        }
    }

    [Fact]
    public async Task A_row_that_fails_is_reported_and_the_next_is_timed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        // It starts like Python, but no row gets an answer from it.
        var folder = Directory.CreateTempSubdirectory("nabla-bench-test-").FullName;
        var python = Path.Combine(folder, "python3");
        File.WriteAllText(python, "#!/bin/sh\nexit 0\n");
        File.SetUnixFileMode(python, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("NABLA_PYTHON", python);
        try
        {
            var answer = await Cli.RunAsync("bench", "--peers", "--filter", "mlp-32", "--json");
            Assert.Equal(1, answer.Code);
            Assert.Empty(answer.Json["rows"]!.AsArray());
            Assert.Contains("mlp-32-adam …", answer.Error, StringComparison.Ordinal);
            Assert.Contains("mlp-32-adam-eager …", answer.Error, StringComparison.Ordinal);
            Assert.Equal(2, answer.Error.Split("nabla: ").Length - 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Environment.SetEnvironmentVariable("NABLA_PYTHON", null);
        }
    }

    [Theory]
    [InlineData("char-gru", 3_825_205_248)]
    [InlineData("resnet18-cifar-32", 106_527_916_032)]
    [InlineData("infer-mobilenetv2-1", 601_548_544)]
    public void Counts_the_operations_of_a_step(string row, double flops) => Assert.Equal(
        flops, Nabla.Cli.Bench.Workloads.All.Single(w => w.Name == row).Make().Flops);

    [Theory]
    [InlineData("vgg11bn-64-16")]
    [InlineData("infer-vgg11bn-1")]
    public void Counts_the_weights_that_outgrow_the_caches(string row)
    {
        var work = Nabla.Cli.Bench.Workloads.All.Single(w => w.Name == row).Make();
        Assert.InRange(work.Bytes, 1e6, 6e9);
    }

    [Fact]
    public void What_a_cache_holds_need_not_be_moved() => Assert.Equal(
        0, Nabla.Cli.Bench.Workloads.All.Single(w => w.Name == "mlp-32-adam").Make().Bytes);

    [Theory]
    [InlineData(2e9, 0, 2)]
    [InlineData(2e9, 3e8, 6)]
    [InlineData(2e9, 5e7, 2)]
    public void The_floor_is_the_later_of_sums_and_memory(
        double flops, double bytes, double expected)
    {
        var row = new Nabla.Cli.Bench.BenchRow
        {
            Name = "row",
            OursMs = 10,
            OursMedianMs = 11,
            Flops = flops,
            Bytes = bytes,
            PeakGflops = 1000,
            Bandwidth = 50,
        };
        Assert.Equal(expected, row.FloorMs, 1e-9);
    }

    [Fact]
    public async Task Refuses_a_filter_that_names_no_row()
    {
        var answer = await Cli.RunAsync("bench", "--filter", "resnet1001");
        Assert.Equal(2, answer.Code);
        Assert.Contains("lenet-256-eager", answer.Sentence, StringComparison.Ordinal);
    }
}
