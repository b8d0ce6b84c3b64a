namespace Nabla.Tests.Architecture;

/// <summary>A file is one idea, and a page wide.</summary>
public class SizeTests
{
    private const int MostLines = 400;
    private const int MostColumns = 100;

    [Fact]
    public void No_file_has_more_than_400_lines() => Repository.AssertNone(
        Repository.Files("", ".cs")
            .Select(path => (Path: path, Lines: Repository.Read(path).TrimEnd().Split('\n').Length))
            .Where(file => file.Lines > MostLines)
            .Select(file => $"{file.Path}: {file.Lines} lines"));

    [Fact]
    public void No_line_has_more_than_100_columns() => Repository.AssertNone(
        Repository.Files("", ".cs").SelectMany(path => Repository.Read(path).Split('\n')
            .Select((line, index) => (Where: $"{path}:{index + 1}", Line: line.TrimEnd('\r')))
            .Where(line => Columns(line.Line) > MostColumns)
            .Select(line => line.Where)));

    private static int Columns(string line) => line.EnumerateRunes().Count();
}
