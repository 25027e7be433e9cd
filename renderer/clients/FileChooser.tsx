/** A button that lets a person choose files, or a folder with all that is in it. */
import { useEffect, useRef } from 'react';
import { Button } from '../components/Button.tsx';

type FileChooserProps = {
  readonly name: string;
  readonly folder?: boolean;
  readonly onChoose: (files: FileList | null) => void;
};

export function FileChooser({ name, folder = false, onChoose }: FileChooserProps) {
  const chooser = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // React does not know this attribute.
    if (folder) chooser.current?.setAttribute('webkitdirectory', '');
  }, [folder]);
  return (
    <>
      <Button kind="plain" icon="folder" onClick={() => chooser.current?.click()}>
        {name}
      </Button>
      <input
        ref={chooser}
        type="file"
        multiple
        accept={folder ? undefined : '.csv,.jsonl,.ndjson,.json'}
        className="hidden-input"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          onChoose(event.target.files);
          event.target.value = '';
        }}
      />
    </>
  );
}
