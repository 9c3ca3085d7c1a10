package engine_test

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

func TestFileWithoutPermissionIsReported(t *testing.T) {
	if os.Geteuid() == 0 { // who reads any file
		asNobody(t)
		return
	}
	o := live(t, tweedConfig("http://127.0.0.1:9", ""))
	e := start(t, o)
	if err := os.Chmod(o.File, 0); err != nil {
		t.Fatal(err)
	}
	until(t, e, "the problem", func() bool { return strings.Contains(strings.Join(e.Problems(), ""), "permission") })
	if err := os.Chmod(o.File, 0o600); err != nil {
		t.Fatal(err)
	}
	until(t, e, "the problem to go", func() bool { return len(e.Problems()) == 0 })
}

// asNobody runs the test that calls it in a process of another user.
func asNobody(t *testing.T) {
	t.Helper()
	const nobody = 65534
	home, err := os.MkdirTemp("", "nobody") // TempDir lies in a folder of root alone
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	if err := os.Chown(home, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.v", "-test.run=^"+t.Name()+"$")
	c.Dir, c.Env = home, append(os.Environ(), "HOME="+home, "TMPDIR="+home, "GOCOVERDIR="+home)
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if out, err := c.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("as another user: %v\n%s", err, out)
	}
}
