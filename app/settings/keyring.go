package settings

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/zalando/go-keyring"
)

// service is the name under which the system keyring files our secrets.
const service = "shopbell"

// Keyring is the part of the system keyring that Vault needs.
type Keyring struct {
	Get    func(name string) (string, error)
	Set    func(name, value string) error
	Delete func(name string) error
}

// SystemKeyring is the keyring of the user's desktop, service "shopbell".
func SystemKeyring() Keyring {
	return Keyring{
		Get:    func(name string) (string, error) { return keyring.Get(service, name) },
		Set:    func(name, value string) error { return keyring.Set(service, name, value) },
		Delete: func(name string) error { return keyring.Delete(service, name) },
	}
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

// Reachable asks the keyring for a name that nobody uses; nil when it answers.
func (v Vault) Reachable() error {
	_, err := v.fromKeyring("doctor")
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return err
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
