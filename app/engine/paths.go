package engine

import (
	"context"
	"path/filepath"
	"slices"

	"shopbell/app/settings"
	"shopbell/inspector"
)

// StoreDir is the folder of the captures in a data folder.
func StoreDir(dataDir string) string { return filepath.Join(dataDir, "captures") }

// settlePaths gives endpoints whose path the file leaves out the path that they
// had before: an address that a provider was given must not change with the
// next start, also where the file cannot be written.
func (e *Engine) settlePaths(ctx context.Context, endpoints []inspector.Endpoint) error {
	e.chosen.Endpoints = slices.Clone(e.chosen.Endpoints)
	for i, ep := range e.chosen.Endpoints {
		if !slices.Contains(e.chosen.Generated, ep.Name) {
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
		e.chosen.Endpoints[i].Path, endpoints[i].Path = kept, kept
	}
	return nil
}

// writePaths puts those paths into the file as well, where a person looks for
// them. A file that cannot be written is no reason not to run.
func (e *Engine) writePaths() {
	if e.options.File == "" || len(e.chosen.Generated) == 0 {
		return
	}
	if err := settings.Edit(e.options.File).FillPaths(e.chosen); err != nil {
		e.options.Log.Info("the endpoints' paths are kept with the captures, not in the config file", "reason", err)
	}
}
