using System.Globalization;
using System.Text.Json.Nodes;

namespace Nabla.Cli.Tests;

/// <summary>
/// A stand-in for the Python that runs bench/peers/pytorch_peer.py: a shell script that speaks the
/// peer's protocol, a JSON request a line and a JSON answer a line. It answers with given losses,
/// and with times that are known for each setting, and notes what it was asked.
/// </summary>
internal sealed class FakePeer : IDisposable
{
    /// <summary>Milliseconds of the first step of each answer; others take one and a half as long.
    /// </summary>
    private const string Script = """
        #!/bin/sh
        [ "$1" = "-c" ] && exit 0
        folder=$(dirname "$0")
        setting=$NABLA_PEER_THREADS-$ATEN_CPU_CAPABILITY${OPENBLAS_CORETYPE:+-$OPENBLAS_CORETYPE}
        case $setting in
          2-avx2) best=8 other=12 ;;
          2-avx512) best=6 other=9 ;;
          1-avx2) best=4 other=6 ;;
          *) best=10 other=15 ;;
        esac
        while read -r line; do
          steps=${line##*:}
          steps=${steps%\}}
          case $line in
            *'"do":"load"'*) what=load; answer='{"version":"7.8"}' ;;
            *'"do":"losses"'*) what=losses; answer=$(cat "$folder/losses.json") ;;
            *'"do":"memory"'*) what=memory; answer='{"peak_mb":12.5}' ;;
            *)
              what=time
              answer="{\"ms\":[$best"
              i=1
              while [ $i -lt "$steps" ]; do
                answer="$answer,$other"
                i=$((i + 1))
              done
              answer="$answer]}"
              ;;
          esac
          echo "$$ $setting $what $steps $(date +%s%N)" >> "$folder/log"
          echo "$answer"
        done
        """;

    private readonly string _folder =
        Directory.CreateTempSubdirectory("nabla-fake-peer-").FullName;

    /// <summary>Makes one whose training has these losses.</summary>
    public FakePeer(IEnumerable<double> losses)
    {
        File.WriteAllText(Path.Combine(_folder, "losses.json"), new JsonObject
        {
            ["losses"] = new JsonArray([.. losses.Select(loss => (JsonNode)loss)]),
        }.ToJsonString());
        File.WriteAllText(Python, Script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Python, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The value of NABLA_PYTHON.</summary>
    public string Python => Path.Combine(_folder, "python3");

    /// <summary>What its processes were asked, in order.</summary>
    public List<Request> Log => [.. File.ReadLines(Path.Combine(_folder, "log"))
        .Select(line => line.Split(' '))
        .Select(word => new Request(word[0], word[1], word[2],
            word[2] is "time" or "losses" ? int.Parse(word[3], CultureInfo.InvariantCulture) : 0,
            long.Parse(word[4], CultureInfo.InvariantCulture) / 1e6))];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A request: to which process in which setting, what, how many steps, and when in
    /// milliseconds.</summary>
    public sealed record Request(
        string Process, string Setting, string What, int Steps, double Milliseconds);
}
