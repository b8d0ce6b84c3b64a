# Sourced by ./nabla and ./test: finds dotnet, and says what to install when the SDK is missing.

# Quiet, and leave no build servers behind.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

install_hint='Install the .NET 10 SDK from https://dotnet.microsoft.com/download/dotnet/10.0
(Debian and Ubuntu: apt install dotnet-sdk-10.0; macOS: brew install dotnet-sdk;
without root: https://dot.net/v1/dotnet-install.sh --channel 10.0).'

# Sets $dotnet: the one on PATH, or else the one in the folders where installers put it.
find_dotnet() {
    dotnet=$(command -v dotnet || true)
    local folder
    for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/local/share/dotnet; do
        if [ -z "$dotnet" ] && [ -n "$folder" ] && [ -x "$folder/dotnet" ]; then
            dotnet=$folder/dotnet
        fi
    done
    if [ -z "$dotnet" ]; then
        printf 'Nabla needs .NET 10, but there is no dotnet command on this machine.\n%s\n' \
            "$install_hint" >&2
        exit 1
    fi
}

# Asked only before a build: the question costs as much as starting the program.
require_sdk() {
    local sdks
    sdks=$("$dotnet" --list-sdks 2>/dev/null || true)
    if ! grep -q '^10\.' <<<"$sdks"; then
        printf 'Nabla needs the .NET 10 SDK, but %s has %s.\n%s\n' "$dotnet" \
            "$([ -n "$sdks" ] && cut -d' ' -f1 <<<"$sdks" | paste -sd, - || echo 'no SDK at all')" \
            "$install_hint" >&2
        exit 1
    fi
}
