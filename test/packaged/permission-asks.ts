/** Run in the page: asks for everything a page can ask for, and returns what was given. */
export const PERMISSION_ASKS = `
      const limit = (work) => Promise.race([(async () => work())(), new Promise((_, no) => setTimeout(no, 1500))]);
      const asks = {
        camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
        microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
        screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
        place: () => new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no)),
        notices: async () => { if ((await Notification.requestPermission()) !== 'granted') throw 0; },
        midi: () => navigator.requestMIDIAccess({ sysex: true }),
        usb: () => navigator.usb.requestDevice({ filters: [] }),
        serial: () => navigator.serial.requestPort(),
        hid: async () => { if ((await navigator.hid.requestDevice({ filters: [] })).length === 0) throw 0; },
        bluetooth: () => navigator.bluetooth.requestDevice({ acceptAllDevices: true }),
        clipboard: () => navigator.clipboard.readText(),
        fonts: async () => { if ((await queryLocalFonts()).length === 0) throw 0; },
        idle: async () => { if ((await IdleDetector.requestPermission()) !== 'granted') throw 0; },
        windows: () => getScreenDetails(),
        full: () => document.documentElement.requestFullscreen(),
      };
      const states = await Promise.all(['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'persistent-storage', 'idle-detection', 'window-management', 'local-fonts', 'storage-access'].map(
        (name) => navigator.permissions.query({ name }).then(({ state }) => (state === 'granted' ? 'query ' + name : ''), () => '')));
      const given = [];
      for (const [name, ask] of Object.entries(asks)) await limit(ask).then(() => given.push(name), () => 0);
      return [...states.filter(Boolean), ...given];`;
