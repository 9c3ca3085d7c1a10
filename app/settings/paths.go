package settings

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// DefaultFile returns the platform's place for shopbell.toml; env is in the
// form of os.Environ. It follows the rules of os.UserConfigDir.
func DefaultFile(env []string) (string, error) {
	return defaultFile(runtime.GOOS, environ{runtime.GOOS, env})
}

// DefaultDir returns the platform's place for Shopbell's data; env is in the
// form of os.Environ.
func DefaultDir(env []string) (string, error) {
	return defaultDir(runtime.GOOS, environ{runtime.GOOS, env})
}

func defaultFile(goos string, env environ) (string, error) {
	const name = "shopbell.toml"
	switch goos {
	case "windows":
		return under(env, "AppData", "", "Shopbell", name)
	case "darwin", "ios":
		return under(env, "HOME", "", "Library", "Application Support", "Shopbell", name)
	default:
		return under(env, "XDG_CONFIG_HOME", ".config", "shopbell", name)
	}
}

func defaultDir(goos string, env environ) (string, error) {
	switch goos {
	case "windows":
		return under(env, "LocalAppData", "", "Shopbell")
	case "darwin", "ios":
		return under(env, "HOME", "", "Library", "Application Support", "Shopbell")
	default:
		return under(env, "XDG_DATA_HOME", ".local/share", "shopbell")
	}
}

// under joins parts to the folder that the variable names. When it is not set
// and inHome is not empty, inHome below $HOME takes its place.
func under(env environ, variable, inHome string, parts ...string) (string, error) {
	if dir := env.get(variable); dir != "" {
		if variable != "HOME" && !filepath.IsAbs(dir) && env.goos == runtime.GOOS {
			return "", fmt.Errorf("finding the default folder: %s is %s, expected an absolute path", variable, quote(dir))
		}
		return filepath.Join(append([]string{dir}, parts...)...), nil
	}
	if inHome == "" {
		return "", fmt.Errorf("finding the default folder: %s is not set", variable)
	}
	home := env.get("HOME")
	if home == "" {
		return "", errors.New("finding the default folder: neither " + variable + " nor HOME is set")
	}
	return filepath.Join(append([]string{home, inHome}, parts...)...), nil
}

// environ is an environment in the form of os.Environ.
type environ struct {
	goos string
	list []string
}

// get returns the value of name, "" when it is not set. Of several values the
// last one counts, as in exec.Cmd. Windows compares names without case.
func (e environ) get(name string) string {
	for i := len(e.list) - 1; i >= 0; i-- {
		key, value, ok := strings.Cut(e.list[i], "=")
		if ok && (key == name || e.goos == "windows" && strings.EqualFold(key, name)) {
			return value
		}
	}
	return ""
}
