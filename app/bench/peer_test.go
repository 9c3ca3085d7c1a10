//go:build bench && linux

package bench

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// mockttpVersion is the last one before those that want a newer Node than
// Debian 12 has.
const mockttpVersion = "3.17.2"

// startMitmdump starts mitmproxy's command as a reverse proxy that prints nothing.
func startMitmdump(t *testing.T, shop string) target {
	t.Helper()
	address := freeAddress(t)
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("mitmdump", "--quiet", "--mode", "reverse:"+shop, "--listen-host", host, "--listen-port", port, "--set", "confdir="+t.TempDir())
	return target{address: address, process: launch(t, cmd, address)}
}

// startMockttp starts mockttp, from its folder, with its own settings: it keeps
// what passes in memory.
func startMockttp(t *testing.T, folder, shop string) target {
	t.Helper()
	address := freeAddress(t)
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "testdata/mockttp.js", folder, port, shop)
	return target{address: address, process: launch(t, cmd, address)}
}

// haveMockttp returns the folder of mockttp, in the user's cache; it is put there
// when it is missing.
func haveMockttp() (string, error) {
	for _, command := range []string{"node", "npm"} {
		if _, err := exec.LookPath(command); err != nil {
			return "", err
		}
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	home := filepath.Join(cache, "shopbell-bench", "mockttp-"+mockttpVersion)
	folder := filepath.Join(home, "node_modules", "mockttp")
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		return folder, err
	}
	if err := os.MkdirAll(home, 0o755); err != nil {
		return "", err
	}
	cmd := exec.Command("npm", "install", "--prefix", home, "--no-audit", "--no-fund", "--ignore-scripts", "mockttp@"+mockttpVersion)
	tie(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm: %w: %s", err, out)
	}
	return folder, nil
}
