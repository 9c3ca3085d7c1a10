//go:build bench && linux

package bench

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// patience is how long a server may take to start or to end.
const patience = 60 * time.Second

// process is a server that the run started.
type process struct {
	cmd   *exec.Cmd
	log   string // the file with what it says
	ended chan struct{}
}

// launch starts a server that listens at address once it is ready. It ends with
// the test at the latest, and what it started with it.
func launch(t *testing.T, cmd *exec.Cmd, address string) *process {
	t.Helper()
	p := &process{cmd: cmd, log: filepath.Join(t.TempDir(), "log"), ended: make(chan struct{})}
	log, err := os.Create(p.log)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd.Stderr = log
	tie(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = cmd.Wait() // how it ended is of no interest: it is killed
		close(p.ended)
	}()
	t.Cleanup(func() { p.stop(syscall.SIGKILL) })
	p.await(t, address)
	return p
}

// tie makes cmd and what it starts one group, and lets it die with this process.
func tie(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// await returns when something listens at address.
func (p *process) await(t *testing.T, address string) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		select {
		case <-p.ended:
			t.Fatalf("%s ended before it listened: %s", p.cmd.Path, p.said())
		default:
		}
		if c, err := net.Dial("tcp", address); err == nil {
			_ = c.Close()
			return
		}
	}
	t.Fatalf("%s did not listen at %s within %v: %s", p.cmd.Path, address, patience, p.said())
}

// stop sends a signal to the process, and kills the group if it does not end.
func (p *process) stop(s syscall.Signal) {
	select {
	case <-p.ended:
		return
	default:
	}
	_ = syscall.Kill(p.cmd.Process.Pid, s) // it may have ended just now
	select {
	case <-p.ended:
	case <-time.After(patience):
	}
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.ended
}

// said returns the end of what the process wrote to standard error.
func (p *process) said() []byte {
	text, _ := os.ReadFile(p.log) // there may be none
	return bytes.TrimSpace(text[max(0, len(text)-2000):])
}

// freeAddress is an address of this machine with a port that nobody has.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
