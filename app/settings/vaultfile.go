package settings

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"shopbell/providers/userfile"
)

func (v Vault) fromFile(name string) (string, error) {
	path := v.pathOf(name)
	text, err := readSecret(path)
	if err != nil {
		var reason *os.PathError
		if errors.As(err, &reason) {
			err = reason.Err
		}
		return "", &Problem{
			Says:   fmt.Sprintf("reading the secret %s from %s: %v", quote("file:"+name), quote(path), err),
			Advice: "Put the secret alone into that file, readable by you only, or correct the path.", Err: err,
		}
	}
	return text, nil
}

// readSecret reads a small regular file: a device or a pipe could be endless.
func readSecret(path string) (string, error) {
	f, err := userfile.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err != nil {
		return "", err
	}
	if len(data) > maxSecret {
		return "", fmt.Errorf("it is larger than %d bytes, expected one secret", maxSecret)
	}
	text, cut := strings.CutSuffix(string(data), "\n")
	if cut {
		text = strings.TrimSuffix(text, "\r")
	}
	if text == "" {
		return "", errors.New("it is empty, expected one secret")
	}
	return text, nil
}

// pathOf returns where the file of a reference stands.
func (v Vault) pathOf(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(v.Dir, name)
}

// KeyFile returns where the private key of an ssh tunnel stands, "" when t names
// none: "~/" is the home folder, and a relative path is relative to the settings.
func (v Vault) KeyFile(t Tunnel) string {
	rest, home := strings.CutPrefix(t.Key, "~/")
	if dir, err := os.UserHomeDir(); home && err == nil {
		return filepath.Join(dir, rest)
	}
	if t.Key == "" {
		return ""
	}
	return v.pathOf(t.Key)
}

// Note says what a user should know of a reference that resolves all the same,
// "" when nothing: a file that other users of the machine can read.
func (v Vault) Note(r Reference) string {
	store, name := r.Store()
	if store != "file" || runtime.GOOS == "windows" {
		return ""
	}
	info, err := os.Stat(v.pathOf(name))
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return ""
	}
	return fmt.Sprintf("the file of the secret %s has mode %04o, so that other users of this machine may read it; chmod 600 keeps it private", quote(string(r)), info.Mode().Perm())
}
