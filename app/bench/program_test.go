//go:build bench && linux

package bench

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// program is Shopbell as a user starts it, who sends its output nowhere.
type program struct {
	shop        string // URL
	data        string // folder
	endpoints   string // of the settings, in TOML, beside those of senders
	descriptors int    // that it may open; 0 is as many as this process
	keep        string // size of the store, in the settings' words; 1TB when nothing is said
	goroutines  string // file for the number of goroutines; then this binary plays the program
}

// shopbellBinary is the program that make bench builds.
func shopbellBinary(t *testing.T) string {
	t.Helper()
	file, err := filepath.Abs("../../bin/shopbell-headless")
	if err == nil {
		_, err = os.Stat(file)
	}
	if err != nil {
		t.Fatalf("%v; make bench builds it", err)
	}
	return file
}

// command writes the settings and returns the program that serves at address.
// When nothing is said its store may grow so large that retention, which is
// measured by itself, has nothing to do.
func (p program) command(t *testing.T, address string) *exec.Cmd {
	t.Helper()
	file, env := p.settle(t, "")
	args := []string{shopbellBinary(t), "serve", "--json", "--tunnel", "local", "--listen", address, "--shop", p.shop, "--config", file, "--data", p.data}
	if p.descriptors > 0 {
		args = append([]string{"prlimit", fmt.Sprintf("--nofile=%d:%[1]d", p.descriptors)}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = os.Environ()
	if p.goroutines != "" {
		cmd = role(t, "program", append([]string{p.goroutines}, args[1:]...)...)
	}
	cmd.Env = append(cmd.Env, env...)
	return cmd
}

// settle writes the settings, which begin with those of more, and returns their
// file and the environment of a program that reads them.
func (p program) settle(t *testing.T, more string) (file string, env []string) {
	t.Helper()
	home := t.TempDir()
	file = filepath.Join(home, "shopbell.toml")
	env = []string{"HOME=" + home, "XDG_CONFIG_HOME=" + home}
	config := more + fmt.Sprintf("[keep]\nsize = %q\n", cmp.Or(p.keep, "1TB")) + p.endpoints
	for _, s := range senders {
		config += fmt.Sprintf("[[endpoint]]\nname = %q\nprovider = %[1]q\npath = %q\nsecrets = [\"env:%s\"]\n", s.id, s.path, s.variable())
		env = append(env, s.variable()+"="+s.secret)
	}
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return file, env
}

// start returns when the program listens.
func (p program) start(t *testing.T) target {
	t.Helper()
	address := freeAddress(t)
	return target{address: address, process: launch(t, p.command(t, address), address), data: p.data}
}

// run does one command of the program on its data and returns the exit code and
// what it printed and said.
func (p program) run(t *testing.T, args ...string) (code int, printed, said []byte) {
	t.Helper()
	home := t.TempDir()
	cmd := exec.Command(shopbellBinary(t), append(args, "--data", p.data)...)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home)
	return outcomeOf(t, cmd)
}

// outcomeOf waits for a command to end.
func outcomeOf(t *testing.T, cmd *exec.Cmd) (code int, printed, said []byte) {
	t.Helper()
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	tie(cmd)
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), bytes.TrimSpace(out.Bytes()), bytes.TrimSpace(talk.Bytes())
}
