package console

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"time"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/providers"
)

// session is what one run of a command has at hand.
type session struct {
	ctx    context.Context
	env    []string
	stdin  io.Reader
	out    *terminal
	err    *terminal
	now    func() time.Time
	config string // --config, "" when not given
	data   string // --data, "" when not given
	warned bool   // of what is odd about own providers
	// version is that of the program.
	version string
}

func newSession(ctx context.Context, env []string, stdin io.Reader, stdout, stderr io.Writer) *session {
	return &session{
		ctx: ctx, env: env, stdin: stdin, now: time.Now,
		out: newTerminal(stdout, env),
		err: newTerminal(stderr, env),
	}
}

// catalog returns the known providers, the user's own among them. A file of
// his with a mistake is left out with a word; the others count.
func (s *session) catalog() (providers.Catalog, error) {
	dir, err := s.ownDir()
	if err != nil {
		dir = "" // no folder of settings, none of providers either
	}
	catalog, err := providers.WithOwn(dir)
	if len(catalog.All()) == 0 {
		return catalog, err
	}
	if !s.warned {
		s.warned = true
		s.warnOfOwn(catalog, err)
	}
	return catalog, nil
}

// warnOfOwn says what is odd about the user's own providers.
func (s *session) warnOfOwn(catalog providers.Catalog, problem error) {
	if problem != nil {
		s.err.line("shopbell: leaving out " + clean(oneLine(problem)))
	}
	for _, says := range catalog.Replaced() {
		s.err.line("shopbell: " + clean(says))
	}
}

// ownDir returns the folder of the user's own providers: beside the settings.
func (s *session) ownDir() (string, error) {
	file, _, err := s.configFile()
	if err != nil {
		return "", err
	}
	return engine.OwnProviders(file), nil
}

// vault resolves the references of the settings file.
func (s *session) vault() settings.Vault {
	v := settings.Vault{Env: s.env}
	if file, _, err := s.configFile(); err == nil {
		v.Dir = filepath.Dir(file)
	}
	return v
}

// dataDir returns the folder with the captures.
func (s *session) dataDir() (string, error) {
	if s.data != "" {
		return s.data, nil
	}
	return settings.DefaultDir(s.env)
}

// configFile returns the settings file, and whether it may be missing: the
// user need not have one, but one that he names must be there.
func (s *session) configFile() (file string, optional bool, err error) {
	if s.config != "" {
		return s.config, false, nil
	}
	file, err = settings.DefaultFile(s.env)
	return file, true, err
}

// settings reads the settings file.
func (s *session) settings(catalog providers.Catalog) (settings.Settings, error) {
	file, optional, err := s.configFile()
	if err != nil {
		return settings.Settings{}, err
	}
	return settings.Load(file, optional, catalog)
}

// storeKey returns the key of the store, nil when it is not encrypted; fresh
// makes one for a new store.
func (s *session) storeKey(fresh bool) ([]byte, error) {
	catalog, err := s.catalog()
	if err != nil {
		return nil, err
	}
	chosen, err := s.settings(catalog)
	if err != nil {
		return nil, err
	}
	return s.vault().StoreKey(chosen.Keep.Encrypt, fresh)
}

// take takes --config and --data, nil when not given. An empty one is a shell
// variable that was never set, and must not mean the user's own settings.
func (s *session) take(config, data *string) error {
	for flag, value := range map[string]*string{"--config": config, "--data": data} {
		if value != nil && *value == "" {
			return wrongUse(flag+" is empty", "leave it out for the platform's own place")
		}
	}
	if data != nil {
		s.data = *data
	}
	if config != nil {
		s.config = *config
	}
	return nil
}

// named checks the settings file of --config, also for commands that need
// none: who names a file that is not there or not right wants to know.
func (s *session) named() error {
	if s.config == "" {
		return nil
	}
	catalog, err := s.catalog()
	if err != nil {
		return err
	}
	_, err = s.settings(catalog)
	return err
}

// log writes warnings and errors of the running parts to stderr.
func (s *session) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
