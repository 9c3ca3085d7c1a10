//go:build unix

package providers

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// odd puts what is no regular file into a folder: name and what it is.
func odd(t *testing.T, dir string) map[string]string {
	t.Helper()
	made := map[string]string{"dir.toml": "a folder", "pipe.toml": "a named pipe", "endless.toml": "a device", "socket.toml": "a socket"}
	path := func(name string) string { return filepath.Join(dir, name) }
	l, err := net.Listen("unix", path("socket.toml"))
	if err != nil {
		delete(made, "socket.toml") // the path of the test's folder may be too long for one
	} else {
		t.Cleanup(func() { l.Close() })
	}
	for _, err := range []error{
		os.Mkdir(path("dir.toml"), 0o700), syscall.Mkfifo(path("pipe.toml"), 0o600), os.Symlink("/dev/zero", path("endless.toml")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return made
}

func TestWhatIsNoFileIsSaidAndNeverWaitedFor(t *testing.T) {
	dir := t.TempDir()
	made := odd(t, dir)
	writeOwn(t, dir, "good.toml", ownText("good"))
	c, err := WithOwn(dir)
	if _, ok := c.Get("good"); !ok || err == nil {
		t.Fatalf("got %v, expected the good file to count and the others to be named", err)
	}
	for name, what := range made {
		if want := `"` + name + `": it is ` + what + ` and no regular file, expected a regular file`; !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nlacks %s", err, want)
		}
	}
}

func TestAnExampleThatIsNoFileIsSaid(t *testing.T) {
	dir := t.TempDir()
	odd(t, dir)
	for _, table := range []string{
		"[[example]]\nfile = \"pipe.toml\"\norigin = \"o\"\nat = 2024-05-06T07:08:09Z\n",
		"[[example]]\nfile = \"endless.toml\"\norigin = \"o\"\nat = 2024-05-06T07:08:09Z\n",
	} {
		writeOwn(t, dir, "good.toml", ownText("good")+table)
		if _, err := WithOwn(dir); err == nil || !strings.Contains(err.Error(), "good.toml:11: read example") {
			t.Errorf("got %v, expected file and line", err)
		}
	}
	writeOwn(t, dir, "good.toml", ownText("good")+"[[sample]]\nevent = \"e\"\nfile = \"pipe.toml\"\n")
	c, _ := WithOwn(dir)
	p, ok := c.Get("good")
	if !ok || len(p.Samples) != 1 {
		t.Fatal("the provider with a sample is missing")
	}
	if _, err := p.Samples[0].Message(); err == nil {
		t.Error("a pipe was read as a sample")
	}
}
