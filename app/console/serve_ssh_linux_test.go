package console_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"shopbell/app/console"
	"shopbell/tunnel/tunneltest"
)

// overSSH are the flags that reach s.
func overSSH(s *tunneltest.SSHD, more ...string) []string {
	return append([]string{"--tunnel", "ssh", "--server", s.Server(), "--key", s.File("user")}, more...)
}

func TestServeReceivesThroughAnSSHServer(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	flags := overSSH(s, "--host-key", s.Fingerprint(), "--shop", newShop(t).URL, "--endpoint", "tweed=env:TWEED_SECRET")
	serve := startServe(t, t.TempDir(), flags...)
	url := pick(serve, "url")[0]
	if code, out, talk := run(t, nil, "send", "--provider", "tweed", "--secret", "env:TWEED_SECRET", "--to", url); code != 0 {
		t.Fatalf("send ended with %d: %s%s", code, out, talk)
	}
	capture, delivery := serve.next(t), serve.next(t)
	if capture["outcome"] != "verified" || delivery["status"] != 200.0 {
		t.Errorf("captured %v, delivered %v", capture, delivery)
	}
	s.Stop()
	if status := deliver(http.DefaultClient, url); status != 0 {
		t.Errorf("without the server the address still answers %d: it is not the server's", status)
	}
	stopped(t, serve)
}

func TestUnknownHostIsRefusedWithTheWayToTrustIt(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	args := append([]string{"serve", "--listen", "127.0.0.1:0", "--data", t.TempDir()}, overSSH(s)...)
	wantEnd(t, 3, "is not known: ssh-ed25519 "+s.Fingerprint(), args...)
	wantEnd(t, 3, "give --host-key "+s.Fingerprint()+", or write host_key = ", args...)
	wantEnd(t, 3, ", expected SHA256:", append(args, "--host-key", "SHA256:"+strings.Repeat("A", 43))...)
}

func TestKeyBelowTheHomeFolderIsFoundThoughTheShellLeavesIt(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	t.Setenv("HOME", s.File(""))
	data := t.TempDir()
	wantEnd(t, 3, "read the key \""+s.File("nowhere"), "serve", "--listen", "127.0.0.1:0", "--data", data,
		"--tunnel", "ssh", "--server", s.Server(), "--host-key", s.Fingerprint(), "--key=~/nowhere")
}

func TestServeFollowsTheFileToAnSSHServerAndBack(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	config := filepath.Join(t.TempDir(), "shopbell.toml")
	const all = "[[endpoint]]\nname = \"all\"\npath = \"/\"\n"
	write(t, config, all)
	serve := startServe(t, t.TempDir(), "--config", config, "--shop", newShop(t).URL)
	port := tunneltest.NewSSHD(t) // whose port is free once it is stopped
	port.Stop()
	public := fmt.Sprintf("http://127.0.0.1:%d", port.Port)
	write(t, config, fmt.Sprintf("[tunnel]\nkind = \"ssh\"\nserver = %q\nkey = %q\nbind = \"%d\"\nhost_key = %q\n%s",
		s.Server(), s.File("user"), port.Port, s.Fingerprint(), all))
	eventually(t, "a delivery through the server", func() bool { return deliver(http.DefaultClient, public+"/x") == http.StatusOK })
	write(t, config, all)
	eventually(t, "the end of that", func() bool { return deliver(http.DefaultClient, public+"/x") == 0 })
	if status := deliver(http.DefaultClient, serve.url("/x")); status != http.StatusOK {
		t.Errorf("afterwards the local address answers %d", status)
	}
	stopped(t, serve)
	if talk := serve.stderr.String(); !strings.Contains(talk, "tunnel is online "+public) || strings.Contains(talk, "PRIVATE") {
		t.Errorf("it said %s", talk)
	}
}

func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !done(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited %v for %s", patience, what)
		}
	}
}

// openScreen opens a terminal: the side of the person and that of the program.
func openScreen(t *testing.T) (person, program *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { person.Close() })
	n, err := unix.IoctlGetInt(int(person.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(person.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { program.Close() })
	return person, program
}

func TestServeAsksAtATerminalAboutAnUnknownHost(t *testing.T) {
	s := tunneltest.NewSSHD(t)
	for answer, ready := range map[string]bool{"yes": true, "no": false} {
		person, program := openScreen(t)
		data := t.TempDir()
		var out bytes.Buffer
		ended := make(chan int, 1)
		ctx, stop := context.WithCancel(t.Context())
		args := append([]string{"serve", "--listen", "127.0.0.1:0", "--data", data}, overSSH(s)...)
		go func() { ended <- console.Run(ctx, args, environment(t), program, &out, program, "0.0.0-test") }()
		lines := bufio.NewReader(person)
		question := ""
		for !strings.Contains(question, "trust it and connect? yes or no") {
			text, err := lines.ReadString(':')
			if err != nil {
				t.Fatalf("it said %q, then %v", question, err)
			}
			question += text
		}
		if !strings.Contains(question, s.Fingerprint()) || !strings.Contains(question, "ssh-ed25519") {
			t.Errorf("it asked %q", question)
		}
		if _, err := person.WriteString(answer + "\n"); err != nil {
			t.Fatal(err)
		}
		if ready {
			eventually(t, "the local api, which comes once it is online", func() bool {
				_, err := os.Stat(filepath.Join(data, "api.json"))
				return !errors.Is(err, fs.ErrNotExist)
			})
		}
		go func() { _, _ = lines.WriteTo(&bytes.Buffer{}) }() // so that it can go on writing
		if ready {
			stop()
		}
		if code := <-ended; (code == 0) != ready {
			t.Errorf("%s: ended with %d", answer, code)
		}
		stop()
		if _, err := os.Stat(filepath.Join(data, "ssh", "known_hosts")); (err == nil) != ready {
			t.Errorf("%s: the host key is kept: %v", answer, err)
		}
	}
}
