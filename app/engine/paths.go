package engine

import (
	"context"
	"path/filepath"
	"slices"

	"shopbell/app/settings"
)

// StoreDir is the folder of the captures in a data folder.
func StoreDir(dataDir string) string { return filepath.Join(dataDir, "captures") }

// settlePaths gives endpoints whose path the file leaves out the path that they
// had before: an address that a provider was given must not change with the
// next start, also where the file cannot be written.
func (e *Engine) settlePaths(ctx context.Context, s *settings.Settings) error {
	s.Endpoints = slices.Clone(s.Endpoints)
	for i, ep := range s.Endpoints {
		if !slices.Contains(s.Generated, ep.Name) {
			continue
		}
		key := "endpoint.path." + ep.Name
		kept, err := e.store.Recall(ctx, key)
		if err != nil {
			return err
		}
		if kept == "" {
			kept = ep.Path
			if err := e.store.Remember(ctx, key, kept); err != nil {
				return err
			}
		}
		s.Endpoints[i].Path = kept
	}
	return nil
}

// writePaths puts those paths into the file as well, where a person looks for
// them. A file that cannot be written is no reason not to run. The caller holds
// e.editing, or nothing runs yet.
func (e *Engine) writePaths() {
	if len(e.chosen.Generated) == 0 {
		return
	}
	if err := e.write(func(f *settings.File) error { return f.FillPaths(e.chosen) }); err != nil {
		e.options.Log.Info("the endpoints' paths are kept with the captures, not in the config file", "reason", err)
	}
}
