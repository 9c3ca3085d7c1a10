package badgerstore

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestSmallDiskFillsUpWithoutHarm lets a child fill a file system of 200 MiB
// that only it can see. Where the system lets nobody mount one, the test above
// on the same margin is what there is.
func TestSmallDiskFillsUpWithoutHarm(t *testing.T) {
	dir := t.TempDir()
	self, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/bin/sh", "-c", `mount -t tmpfs -o size=200m tmpfs "$1" && echo mounted && exec "$2"`, "sh", dir, self)
	cmd.Env = append(os.Environ(), childRole+"=fill", childDir+"="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	var faults strings.Builder
	cmd.Stderr = &faults
	out, err := cmd.Output()
	lines := bufio.NewScanner(strings.NewReader(string(out)))
	if !lines.Scan() || lines.Text() != "mounted" {
		t.Logf("no small disk to be had: %v %s", err, faults.String())
		return
	}
	if err != nil {
		t.Fatalf("the child on the small disk: %v\n%s", err, faults.String())
	}
	lines.Scan()
	if n, err := strconv.Atoi(lines.Text()); err != nil || n < 20 {
		t.Errorf("%q captures of 1 MiB fit on 200 MiB: %v", lines.Text(), err)
	}
}
