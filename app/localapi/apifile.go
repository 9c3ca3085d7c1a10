package localapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
)

// fileName is where a running Shopbell is found in its data folder.
const fileName = "api.json"

// maxFile bounds api.json, in bytes.
const maxFile = 16 << 10

// apiFile is the content of api.json.
type apiFile struct {
	URL   string `json:"url"`
	Token string `json:"token"`
	PID   int    `json:"pid"`
}

// write puts f into dir, readable by its owner only, in one step: a reader
// finds the old file or the new one, never a part.
func (f apiFile) write(dir string) error {
	data, err := json.Marshal(f)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, "."+fileName+"-*") // CreateTemp makes it 0600
	if err != nil {
		return err
	}
	_, err = temp.Write(append(data, '\n'))
	if err = errors.Join(err, temp.Close()); err == nil {
		err = os.Rename(temp.Name(), filepath.Join(dir, fileName))
	}
	if err != nil {
		os.Remove(temp.Name())
	}
	return err
}

// remove deletes the file in dir unless another server has written its own.
func (f apiFile) remove(dir string) error {
	if now, err := readFile(dir); err != nil || now != f {
		return nil
	}
	return os.Remove(filepath.Join(dir, fileName))
}

// readFile reads api.json in dir. A URL that leads off this machine is
// refused: the token would go along.
func readFile(dir string) (apiFile, error) {
	path := filepath.Join(dir, fileName)
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return apiFile{}, ErrNotRunning
	}
	if err != nil {
		return apiFile{}, fmt.Errorf("finding the running Shopbell: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return apiFile{}, fmt.Errorf("finding the running Shopbell: %w", err)
	}
	var f apiFile
	if err := json.Unmarshal(data, &f); err != nil || len(data) > maxFile || f.Token == "" {
		return apiFile{}, fmt.Errorf("finding the running Shopbell: %q is not readable, expected an address and a token", path)
	}
	u, err := url.Parse(f.URL)
	if err != nil || u.Scheme != "http" || u.User != nil || net.ParseIP(u.Hostname()) == nil || !loopback(u.Hostname()) ||
		u.Port() == "" || f.URL != "http://"+u.Host {
		return apiFile{}, fmt.Errorf("finding the running Shopbell: %q names the address %q, expected one like \"http://127.0.0.1:4040\"", path, f.URL)
	}
	return f, nil
}

// loopback tells whether host is a name or an address of this machine alone.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
