package settings

import (
	"shopbell/providers"
	"shopbell/providers/signature"
)

// Default returns what holds without a file.
func Default() Settings { panic("contract") }

// DefaultFile and DefaultDir return the platform's places for shopbell.toml and
// for the data; env is in the form of os.Environ.
func DefaultFile(env []string) (string, error) { panic("contract") }
func DefaultDir(env []string) (string, error)  { panic("contract") }

// Load reads and checks a config file. A file that does not exist gives Default
// and no error when optional is true. Wrong content is a *Problem.
func Load(file string, optional bool, catalog providers.Catalog) (Settings, error) {
	panic("contract")
}

// Check checks settings that were put together in code (flags, the window)
// by the same rules as Load.
func Check(s Settings, catalog providers.Catalog) error { panic("contract") }

// File edits a config file in place: comments, order and spacing of what is
// not changed stay. Every method writes the file whole and renames it into
// place, or leaves it as it was.
type File struct{ path string }

// Edit returns an editor of the file at path, which need not exist.
func Edit(path string) *File { return &File{path: path} }

// PutEndpoint changes the endpoint called name, or adds e when there is none.
func (f *File) PutEndpoint(name string, e Endpoint) error { panic("contract") }

// RemoveEndpoint removes the endpoint called name.
func (f *File) RemoveEndpoint(name string) error { panic("contract") }

// Set changes one key of a table, for example Set("shop", "url", "http://…").
// value is a string, bool or int64.
func (f *File) Set(table, key string, value any) error { panic("contract") }

// NewPath returns /<provider>/<128 random bits in hex>.
func NewPath(provider string) string { panic("contract") }

// Vault resolves references to secrets.
type Vault struct {
	Env []string // as os.Environ
	// Keyring reads and writes the system keyring; SystemKeyring when nil.
	Keyring Keyring
}

// Keyring is the part of the system keyring that Vault needs.
type Keyring struct {
	Get    func(name string) (string, error)
	Set    func(name, value string) error
	Delete func(name string) error
}

// SystemKeyring is the keyring of the user's desktop, service "shopbell".
func SystemKeyring() Keyring { panic("contract") }

// Resolve returns the secret that r refers to, labelled with r. Errors name r
// and say what to do: the variable is not set, the file cannot be read, there
// is no keyring on this machine.
func (v Vault) Resolve(r Reference) (signature.Secret, error) { panic("contract") }

// Put keeps value under name in the keyring and returns its reference.
func (v Vault) Put(name, value string) (Reference, error) { panic("contract") }
