package settings

import (
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
