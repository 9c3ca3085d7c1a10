package settings

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"shopbell/providers/signature"
)

// Vault resolves references to secrets. Its errors are Problems; none holds a
// value, or a part of one.
type Vault struct {
	Env []string // as os.Environ
	// Dir is what relative file: paths are relative to: the folder of the
	// config file. Empty means the working directory.
	Dir string
	// Keyring reads and writes the system keyring; SystemKeyring when it has
	// no Get.
	Keyring Keyring
	// Wait bounds one call of the keyring, 5 s when 0: a keyring that waits
	// for a password nobody sees would otherwise hang the program.
	Wait time.Duration
}

// maxSecret is the largest secret in bytes, from a file or for the keyring.
const maxSecret = 64 << 10

// Resolve returns the secret that r refers to, labelled with r. Errors name r
// and say what to do: the variable is not set, the file cannot be read, there
// is no keyring on this machine. Of a file exactly one newline at the end is
// cut, LF or CRLF, because editors add it.
func (v Vault) Resolve(r Reference) (signature.Secret, error) {
	store, name := r.Store()
	var value string
	var err error
	switch store {
	case "env":
		value, err = v.fromEnv(name)
	case "file":
		value, err = v.fromFile(name)
	case "keyring":
		value, err = v.fromKeyring(name)
	default:
		return signature.Secret{}, &Problem{Says: "resolving a secret: the text is no reference (it is not shown), expected keyring:NAME, env:NAME or file:PATH", Advice: adviceReference}
	}
	if err != nil {
		return signature.Secret{}, err
	}
	return signature.NewSecret(string(r), value), nil
}

// ResolveAll resolves every reference of s, the ngrok token only when ngrok is
// in use. The first that fails is a Problem with file and line.
func (v Vault) ResolveAll(s Settings) (map[Reference]signature.Secret, error) {
	all := map[Reference]signature.Secret{}
	resolve := func(place string, r Reference) error {
		secret, err := v.Resolve(r)
		if err != nil {
			return s.at(place, err)
		}
		all[r] = secret
		return nil
	}
	if s.Tunnel.Kind == "ngrok" && s.Tunnel.Authtoken != "" {
		if err := resolve("tunnel.authtoken", s.Tunnel.Authtoken); err != nil {
			return nil, err
		}
	}
	for i, e := range s.Endpoints {
		for j, r := range e.Secrets {
			if err := resolve(fmt.Sprintf("endpoint[%d].secrets[%d]", i, j), r); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// at gives a Problem without a place the place of settings that it belongs to.
func (s *Settings) at(place string, err error) error {
	var p *Problem
	if !errors.As(err, &p) || p.File != "" || s.line(place) == 0 {
		return err
	}
	placed := *p
	placed.File, placed.Line = s.file, s.line(place)
	return &placed
}

func (v Vault) fromEnv(name string) (string, error) {
	if value := (environ{runtime.GOOS, v.Env}).get(name); value != "" {
		return value, nil
	}
	return "", &Problem{
		Says:   fmt.Sprintf("the secret %s needs the environment variable %s, which is not set or empty", quote("env:"+name), name),
		Advice: fmt.Sprintf("Set %s to the secret before starting Shopbell.", name),
	}
}

func (v Vault) fromFile(name string) (string, error) {
	path := name
	if !filepath.IsAbs(path) && v.Dir != "" {
		path = filepath.Join(v.Dir, path)
	}
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
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", errors.New("it is no regular file, expected one with the secret alone")
	}
	f, err := os.Open(path)
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

func (v Vault) fromKeyring(name string) (string, error) {
	get := v.keyring().Get
	value, err := within(v.wait(), func() (string, error) { return get(name) })
	if err == nil && value == "" {
		err = keyring.ErrNotFound
	}
	if err != nil {
		return "", keyringProblem("reading", name, "", err)
	}
	return value, nil
}

// Put keeps value under name in the keyring and returns its reference.
func (v Vault) Put(name, value string) (Reference, error) {
	r, err := ParseReference("keyring:" + name)
	if err != nil {
		return "", fmt.Errorf("keeping a secret under the name %s: %w", quote(name), err)
	}
	if value == "" || len(value) > maxSecret {
		return "", fmt.Errorf("keeping the secret %s: it has %d bytes, expected 1 to %d", quote(string(r)), len(value), maxSecret)
	}
	set := v.keyring().Set
	if _, err := within(v.wait(), func() (string, error) { return "", set(name, value) }); err != nil {
		return "", keyringProblem("keeping", name, value, err)
	}
	return r, nil
}

// Remove deletes what Put kept under name; nothing there is no error.
func (v Vault) Remove(name string) error {
	remove := v.keyring().Delete
	_, err := within(v.wait(), func() (string, error) { return "", remove(name) })
	if err == nil || errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return keyringProblem("removing", name, "", err)
}

func (v Vault) keyring() Keyring {
	if v.Keyring.Get == nil {
		return SystemKeyring()
	}
	return v.Keyring
}

func (v Vault) wait() time.Duration {
	if v.Wait == 0 {
		return 5 * time.Second
	}
	return v.Wait
}

// errSilent is a keyring that did not answer in time.
var errSilent = errors.New("the keyring does not answer")

// within runs call for at most d. The keyring's library can't be interrupted:
// a call that never ends leaves its goroutine behind.
func within(d time.Duration, call func() (string, error)) (string, error) {
	type result struct {
		value string
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := call()
		done <- result{value, err}
	}()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case r := <-done:
		return r.value, r.err
	case <-timer.C:
		return "", errSilent
	}
}

// keyringProblem says what failed and what to do instead. value is what was to
// be kept; no library's error may carry it along.
func keyringProblem(doing, name, value string, err error) error {
	r := quote("keyring:" + name)
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return &Problem{Says: fmt.Sprintf("the secret %s is not in the keyring of this machine", r), Err: err,
			Advice: "Paste the secret at its endpoint in the window, or use env:NAME or file:PATH."}
	case errors.Is(err, errSilent):
		return &Problem{Says: fmt.Sprintf("%s the secret %s: the keyring does not answer, perhaps it waits for its password", doing, r), Err: err,
			Advice: "Unlock the keyring, or use env:NAME or file:PATH."}
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return &Problem{Says: fmt.Sprintf("%s the secret %s: it is too long for the keyring of this machine", doing, r), Err: err,
			Advice: "Put it into a file and use file:PATH."}
	}
	reason := oneLine(err.Error())
	if value != "" {
		reason = strings.ReplaceAll(reason, value, "(not shown)")
	}
	return &Problem{Says: fmt.Sprintf("%s the secret %s: there is no usable keyring on this machine (%s)", doing, r, reason),
		Advice: "Use env:NAME or file:PATH for secrets here, or start a keyring such as GNOME Keyring or KWallet."}
}
