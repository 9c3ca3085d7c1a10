package console_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/tunnel/tunneltest"
)

func TestDoctorNamesWhatIsBrokenAtAnSSHServer(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	tunneltest.NewKey(t, s.File("stranger"), "")
	tunneltest.NewKey(t, s.File("locked"), "open sesame")
	pin := fmt.Sprintf("host_key = %q\n", s.Fingerprint())
	for _, c := range []struct{ name, key, rest, health, says, do string }{
		{"nothing broken", "user", pin, "good", "lets us in", ""},
		{"an unknown host", "user", "", "bad", "is not known: ssh-ed25519 " + s.Fingerprint(), "host_key = \"" + s.Fingerprint()},
		{"another host", "user", "host_key = \"SHA256:" + strings.Repeat("A", 43) + "\"\n", "bad", "expected SHA256:AAAA", "somebody may be in between"},
		{"a key that is refused", "stranger", pin, "bad", "with none of 1 keys", "authorized_keys"},
		{"a key with a passphrase", "locked", pin, "bad", "needs a passphrase", "ssh-add"},
		{"a key that is not there", "nowhere", pin, "bad", "no such file", "private key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := t.TempDir()
			_, found := examine(t, data, fmt.Sprintf("[tunnel]\nkind = \"ssh\"\nserver = %q\nkey = %q\n%s", s.Server(), s.File(c.key), c.rest))
			if f := found["tunnel"]; f.Health != c.health || !strings.Contains(f.Says, c.says) || !strings.Contains(f.Do, c.do) {
				t.Errorf("found %+v, expected %s with %q, to do %q", f, c.health, c.says, c.do)
			}
			if _, err := os.Stat(filepath.Join(data, "ssh")); err == nil {
				t.Error("something was written")
			}
		})
	}
	s.Stop()
	_, found := examine(t, t.TempDir(), fmt.Sprintf("[tunnel]\nkind = \"ssh\"\nserver = %q\nkey = %q\n", s.Server(), s.File("user")))
	if f := found["tunnel"]; f.Health != "bad" || !strings.Contains(f.Says, "connection refused") {
		t.Errorf("a server that is not there: %+v", f)
	}
}
