using System.Net;
using System.Net.Sockets;

namespace Nabla.Tests.Infrastructure;

/// <summary>An HTTP server on this machine that answers each request as the test says.</summary>
public sealed class LocalServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Action<HttpListenerContext, int> _answer;
    private readonly List<string> _requests = [];

    /// <summary>Serves <paramref name="answer"/>, which gets the request and its number from 0.
    /// </summary>
    public LocalServer(Action<HttpListenerContext, int> answer)
    {
        _answer = answer;
        Address = $"http://localhost:{FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>The server's address, without a slash at its end.</summary>
    public string Address { get; }

    /// <summary>What was asked so far: the path, and the range if there was one.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Answers with all bytes, or with the range that is asked for.</summary>
    public static void Send(HttpListenerContext context, byte[] bytes, int? cutAfter = null)
    {
        var from = 0;
        if (context.Request.Headers["Range"] is { } range)
        {
            from = int.Parse(range["bytes=".Length..].TrimEnd('-'));
            context.Response.StatusCode = 206;
            context.Response.AddHeader(
                "Content-Range", $"bytes {from}-{bytes.Length - 1}/{bytes.Length}");
        }

        SendRest(context, bytes, from, cutAfter);
    }

    /// <summary>Answers with the bytes from an index on; cuts the connection after some.</summary>
    public static void SendRest(
        HttpListenerContext context, byte[] bytes, int from = 0, int? cutAfter = null)
    {
        context.Response.ContentLength64 = bytes.Length - from;
        context.Response.OutputStream.Write(bytes, from, cutAfter ?? (bytes.Length - from));
        context.Response.OutputStream.Flush();
        if (cutAfter is not null)
        {
            context.Response.Abort();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                int number;
                lock (_requests)
                {
                    number = _requests.Count;
                    var range = context.Request.Headers["Range"];
                    _requests.Add($"{context.Request.Url!.AbsolutePath} {range}".TrimEnd());
                }

                _answer(context, number);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException
                or InvalidOperationException or IOException)
            {
                // The client left, the answer was cut on purpose, or the test is over.
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
