package settings

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

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
	var wanted []Reference
	if s.Tunnel.Kind == "ngrok" && s.Tunnel.Authtoken != "" {
		wanted = append(wanted, s.Tunnel.Authtoken)
	}
	for _, e := range s.Endpoints {
		wanted = append(wanted, e.References()...)
	}
	for _, r := range wanted {
		secret, err := v.Resolve(r)
		if err != nil {
			return nil, s.at(r, err)
		}
		all[r] = secret
	}
	return all, nil
}

// References are those of e: its secrets and, if it is one, its verify token.
func (e Endpoint) References() []Reference {
	if !MeansReference(e.VerifyToken) {
		return e.Secrets
	}
	return append(slices.Clip(e.Secrets), Reference(e.VerifyToken))
}

// ResolveEndpoint resolves the references of the endpoint called name, in their
// order. The first that fails is a Problem with file and line.
func (v Vault) ResolveEndpoint(s Settings, name string) ([]signature.Secret, error) {
	for _, e := range s.Endpoints {
		if e.Name != name {
			continue
		}
		var secrets []signature.Secret
		for _, r := range e.Secrets {
			secret, err := v.Resolve(r)
			if err != nil {
				return nil, s.at(r, err)
			}
			secrets = append(secrets, secret)
		}
		return secrets, nil
	}
	return nil, &Problem{Says: fmt.Sprintf("the settings have no endpoint %s", quote(name)), Advice: "Add it to the settings file, or name one that is there."}
}

// refPlace is the place of a reference, whichever table holds it: endpoints
// may have been added or removed in code since the file was read.
func refPlace(r Reference) string { return "reference " + string(r) }

// at gives a Problem with r the line on which the file first names r.
func (s *Settings) at(r Reference, err error) error {
	var p *Problem
	line := s.lines[refPlace(r)]
	if !errors.As(err, &p) || p.File != "" || line == 0 {
		return err
	}
	placed := *p
	placed.File, placed.Line = s.file, line
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
