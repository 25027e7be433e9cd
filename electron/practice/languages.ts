/** Exchange words its refusals in the tenant's language while the type's name stays; a few, so that no program goes by words. */
export type Language = 'en' | 'de' | 'ja';

const WORDS: Readonly<Record<Exclude<Language, 'en'>, readonly (readonly [RegExp, string])[]>> = {
  de: [
    [
      /^For this service offering/,
      'Für dieses Dienstangebot können Sie keinen eingehenden Connector aktivieren. Wenden Sie sich an den Support.',
    ],
    [
      /^Inbound connector for this/,
      'Der eingehende Connector für dieses Dienstangebot wird deaktiviert erstellt. Wenden Sie sich an den Support.',
    ],
    [/already exists/, 'Der Name wird bereits verwendet.'],
    [/couldn't be found/, 'Das Objekt wurde nicht gefunden.'],
    [/./, 'Der Vorgang konnte nicht ausgeführt werden.'],
  ],
  ja: [
    [
      /^For this service offering/,
      'このサービス プランでは、受信コネクタを有効にできません。サポートにお問い合わせください。',
    ],
    [
      /^Inbound connector for this/,
      'このサービス プランの受信コネクタは無効な状態で作成されます。サポートにお問い合わせください。',
    ],
    [/already exists/, 'この名前は既に使用されています。'],
    [/couldn't be found/, 'オブジェクトが見つかりませんでした。'],
    [/./, '操作を実行できませんでした。'],
  ],
};

export const inLanguage = (language: Language, message: string): string =>
  language === 'en' ? message : (WORDS[language].find(([pattern]) => pattern.test(message))?.[1] ?? message);
