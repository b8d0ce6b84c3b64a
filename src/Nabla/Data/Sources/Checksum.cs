using System.Security.Cryptography;

namespace Nabla.Data.Sources;

/// <summary>
/// What a file's bytes must hash to, written <c>md5:…</c> or <c>sha256:…</c> in hexadecimal. MD5 is
/// there because data sets publish it: it finds damage, and does not stop a forger.
/// </summary>
public sealed class Checksum
{
    private readonly HashAlgorithmName _algorithm;
    private readonly string _hex;

    /// <summary>Parses <c>md5:</c> and 32, or <c>sha256:</c> and 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public Checksum(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        _hex = text[(colon + 1)..].ToLowerInvariant();
        (_algorithm, var digits) = text[..Math.Max(colon, 0)] switch
        {
            "md5" => (HashAlgorithmName.MD5, 32),
            "sha256" => (HashAlgorithmName.SHA256, 64),
            _ => (default, -1),
        };
        if (_hex.Length != digits || !_hex.All(char.IsAsciiHexDigitLower))
        {
            throw new FormatException(
                $"A checksum is md5: and 32, or sha256: and 64 hexadecimal digits; got '{text}'.");
        }
    }

    /// <summary>The checksum of the stream's bytes, from where it stands to its end, in this
    /// one's algorithm.</summary>
    public async Task<Checksum> OfAsync(Stream stream, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var hash = IncrementalHash.CreateHash(_algorithm);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        return new Checksum($"{Prefix}:{Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) =>
        obj is Checksum other && other._algorithm == _algorithm && other._hex == _hex;

    /// <inheritdoc/>
    public override int GetHashCode() => _hex.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}:{_hex}";

    private string Prefix => _algorithm == HashAlgorithmName.MD5 ? "md5" : "sha256";
}
