package settings

import (
	"encoding/base64"
	"fmt"
	"net"
	"strconv"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2/unstable"
)

// maxRun bounds the command for a server, in bytes.
const maxRun = 1000

const (
	adviceServer  = "Write the server as in a call of ssh, for example \"me@example.com\" or \"me@example.com:2222\"."
	advicePublic  = "Write the address under which deliveries reach the server, or \"https://*.example.com\" to take the one of that form that it says."
	adviceKeyFile = "Write the path of the file that holds the private key; the key itself stays there. If this file was shared, make a new key."
	adviceHostKey = "Write the fingerprint as \"ssh-keygen -lf\" shows it; left out, known_hosts decides."
)

// Services are the public services that forward over SSH without an account.
func Services() []string { return []string{"localhost.run", "pinggy", "serveo", "srv.us"} }

// checkSSH looks at the keys of an ssh tunnel. Whether they are enough to go
// online is found out there: a half-filled form is no wrong file.
func checkSSH(t Tunnel) *finding {
	if t.Service != "" {
		if f := oneOf("tunnel.service", t.Service, Services()); f != nil {
			return f
		}
	}
	for _, f := range []*finding{
		checkServer(t.Server), checkBind(t.Bind), checkRun(t.Run), checkPublic(t.URL), checkKeyFile(t.Key), checkHostKey(t.HostKey),
	} {
		if f != nil {
			return f
		}
	}
	return nil
}

// checkServer wants user@host:port, the user and the port optional. A password
// in it is refused without being repeated.
func checkServer(server string) *finding {
	if server == "" {
		return nil
	}
	user, host, named := cutLast(strings.TrimPrefix(server, "ssh://"), "@")
	if named && strings.ContainsAny(user, ":@") {
		return &finding{"tunnel.server", "server holds a password (it is not shown), expected user@host:port", "Log in with a key: name its file under key."}
	}
	name, port := host, "22"
	if h, p, err := net.SplitHostPort(host); err == nil {
		name, port = h, p
	}
	name = strings.Trim(name, "[]")
	if name == "" || named && user == "" || !validPort(port) || strings.ContainsFunc(user+name, notInHost) || len(server) > maxURL {
		return &finding{"tunnel.server", fmt.Sprintf("server is %s, expected user@host:port", quote(server)), adviceServer}
	}
	return nil
}

// cutLast is strings.Cut around the last sep; without one all is after.
func cutLast(text, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(text, sep); i >= 0 {
		return text[:i], text[i+len(sep):], true
	}
	return "", text, false
}

func notInHost(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"'\/@`, r) }

// checkBind wants a port, or host:port; 0 lets the server choose.
func checkBind(bind string) *finding {
	if bind == "" {
		return nil
	}
	host, port := "", bind
	if h, p, err := net.SplitHostPort(bind); err == nil {
		host, port = h, p
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil || strings.ContainsFunc(host, notInHost) || len(bind) > maxURL {
		return &finding{"tunnel.bind", fmt.Sprintf("bind is %s, expected a port, or host:port", quote(bind)),
			"Write what the SSH server is to listen on, as in ssh -R; left out, it chooses a port."}
	}
	return nil
}

func checkRun(run string) *finding {
	if strings.ContainsFunc(run, unicode.IsControl) || len(run) > maxRun {
		return &finding{"tunnel.run", fmt.Sprintf("run is %s, expected a command of up to %d bytes on one line", quote(run), maxRun),
			"Write the command that the service's documentation names; left out, a shell is asked for."}
	}
	return nil
}

// checkPublic wants the scheme and the host of an address, or https and the end
// of the names that a service gives.
func checkPublic(text string) *finding {
	if text == "" {
		return nil
	}
	wild := strings.HasPrefix(text, "https://*.")
	u, f := absolute("tunnel.url", "url", strings.Replace(text, "https://*.", "https://any.", 1))
	switch {
	case f != nil && strings.Contains(text, "@"):
		f.advice = advicePublic
		return f
	case f != nil, strings.Trim(u.Path, "/") != "", u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#"),
		strings.Contains(u.Host, "*"), wild && (u.Port() != "" || len(u.Host) < len("any.x")):
		return &finding{"tunnel.url", fmt.Sprintf("url is %s, expected an address such as \"https://hooks.example.com\", without a path", quote(text)), advicePublic}
	}
	return nil
}

// checkKeyFile wants a path. A key in its place is not repeated.
func checkKeyFile(path string) *finding {
	switch {
	case strings.Contains(path, "PRIVATE KEY"), strings.Contains(path, "b3BlbnNzaC1rZXk"):
		return &finding{"tunnel.key", "key is a private key itself (it is not shown), expected the path of its file", adviceKeyFile}
	case strings.ContainsFunc(path, unicode.IsControl), len(path) > maxURL:
		return &finding{"tunnel.key", "key holds control characters or is too long (it is not shown), expected the path of a file", adviceKeyFile}
	}
	return nil
}

// keyFile reads the path of a key. What is none is not repeated.
func (d *decoder) keyFile(place string, v value, to *string) {
	if v.kind != unstable.String {
		d.fail(place, adviceKeyFile, "%s is %s, expected the path of a file in quotes", lastKey(place), article(v.kind))
		return
	}
	*to = v.text
}

// checkHostKey wants what OpenSSH prints of a host key.
func checkHostKey(fingerprint string) *finding {
	if fingerprint == "" {
		return nil
	}
	hash, found := strings.CutPrefix(fingerprint, "SHA256:")
	if sum, err := base64.RawStdEncoding.DecodeString(hash); !found || err != nil || len(sum) != 32 || len(hash) != 43 {
		return &finding{"tunnel.host_key", fmt.Sprintf("host_key is %s, expected \"SHA256:\" and 43 characters", quote(fingerprint)), adviceHostKey}
	}
	return nil
}
