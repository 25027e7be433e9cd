/** The door between page and engine: call, cancel, onProgress. It never grows with a feature. */
import electron = require('electron');

const { contextBridge, ipcRenderer } = electron;

contextBridge.exposeInMainWorld('relayready', {
  host: 'window',
  call: (id: string, method: string, params: unknown, language: string): Promise<unknown> =>
    ipcRenderer.invoke('call', id, method, params, language),
  cancel: (id: string): void => ipcRenderer.send('cancel', id),
  onProgress: (listener: (id: string, progress: unknown) => void): (() => void) => {
    const relay = (_event: unknown, id: string, progress: unknown) => listener(id, progress);
    ipcRenderer.on('progress', relay);
    return () => ipcRenderer.off('progress', relay);
  },
});
