package localapi

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"testing"
)

// FuzzAPIFile checks that whatever api.json holds, an address that is taken
// from it is a bare one of this machine.
func FuzzAPIFile(f *testing.F) {
	f.Add(`{"url":"http://127.0.0.1:4040","token":"t","pid":1}`)
	f.Add(`{"url":"http://[::1]:4040","token":"t"}`)
	f.Add(`{"url":"http://127.0.0.1:4040@evil.example:80","token":"t"}`)
	f.Add(`{"url":"http://[::1%25evil]:4040/?","token":"t"}`)
	f.Fuzz(func(t *testing.T, text string) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, fileName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := readFile(dir)
		if err != nil {
			return
		}
		u, err := url.Parse(file.URL + "/api/status")
		if err != nil || u.Scheme != "http" || u.Path != "/api/status" || u.RawQuery != "" || u.User != nil || !net.ParseIP(u.Hostname()).IsLoopback() {
			t.Errorf("%q was taken, expected a bare address of this machine", file.URL)
		}
		if file.Token == "" {
			t.Error("an empty token was taken")
		}
	})
}
