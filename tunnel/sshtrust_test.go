//go:build linux

package tunnel_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"shopbell/tunnel"
)

func TestAnUnknownHostKeyIsNamedInTheError(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	o.Trust = nil
	e := refusedSSH(t, o, "is not known")
	if e.HostKey == nil || e.HostKey.Fingerprint != s.Fingerprint() || e.HostKey.Type != "ssh-ed25519" || !strings.Contains(e.HostKey.Host, fmt.Sprint(s.Port)) {
		t.Errorf("the error names %+v", e.HostKey)
	}
	o.KeyFile = s.File("nowhere")
	if e := refusedSSH(t, o, "no such file"); e.HostKey != nil {
		t.Error("an error of another kind names a host key")
	}
}

func TestAPinnedFingerprintIsTheOneThatHolds(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	o.Trust, o.HostKey = nil, s.Fingerprint()
	_ = openSSH(t, o).Close()
	if _, err := os.Stat(o.KnownHosts); err == nil {
		t.Error("a pinned key was written down")
	}
	o = s.Options()
	_ = openSSH(t, o).Close() // now the file knows the key
	o.HostKey = "SHA256:" + strings.Repeat("A", 43)
	if e := refusedSSH(t, o, ", expected SHA256:AAAA"); e.HostKey != nil {
		t.Error("a key other than the pinned one may be confirmed")
	}
}

func TestTryingAServerTellsWhatIsWrongAndWritesNothing(t *testing.T) {
	s := startSSHD(t, "AllowTcpForwarding no")
	o := s.Options()
	err := tunnel.TrySSH(within(t), o)
	if e, ok := err.(*tunnel.Error); !ok || e.HostKey == nil {
		t.Errorf("an unknown host gives %v", err)
	}
	o.HostKey = s.Fingerprint()
	if err := tunnel.TrySSH(within(t), o); err != nil {
		t.Errorf("a good log-in gives %v", err)
	}
	o.KeyFile, o.OwnKey = "", s.File("own/key")
	if err := tunnel.TrySSH(within(t), o); err == nil || !strings.Contains(err.Error(), "with none of 1 keys") {
		t.Errorf("a key that nobody knows gives %v", err)
	}
	for _, name := range []string{"known_hosts", "own"} {
		if _, err := os.Stat(s.File(name)); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}
