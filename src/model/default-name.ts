/** Names that recorders and programs give by themselves, in the languages their users see; matched against the whole name. */
const givenByMachines: readonly string[] = [
  // English
  'audio|sound|track|trk|tr|channel|chan|ch|input|in|take|recording|rec|new recording|new track|untitled|unnamed|no name',
  'untitled track|untitled project|audio track|instrument|inst|midi|region|clip|bounce|mixdown|export|render|voice memo|memo|file|wav|stem|mono|stereo',
  // German
  'aufnahme|neue aufnahme|spur|audiospur|tonspur|kanal|eingang|unbenannt|ohne titel|ohne namen|neue datei|datei|sprachmemo',
  // French
  'piste|piste audio|enregistrement|nouvel enregistrement|entrée|entree|canal|sans titre|sans nom|prise|fichier',
  // Spanish, Italian, Portuguese
  'pista|pista de audio|grabación|grabacion|nueva grabación|nueva grabacion|sin título|sin titulo|entrada|toma',
  'traccia|traccia audio|registrazione|nuova registrazione|senza titolo|senza nome|ingresso|canale',
  'faixa|gravação|gravacao|sem título|sem titulo',
];

const words = new RegExp(
  `^(?:${givenByMachines.join('|')})[ _.#-]*[\\d _.:#()[\\]-]*(?:[ _.-](?:l|r|m|s|copy|kopie))?$`,
);
/** Field recorders number what they record: `ZOOM0001`, `STE-000`, `DR0000_0012`, `R_09_0001`. */
const recorders = /^(?:zoom|ste|dr|tascam|mixpre|rode|dm|r|vn)[ _-]?\d{2,}[\d _-]*$/;

/**
 * Whether a name tells nothing about what is recorded: blank, `Audio 07`, `Track 3`, `New Recording 12`, `Aufnahme 3`,
 * a bare number or date. Takes the name of a strip or of a file without its ending.
 */
export function isDefaultName(name: string): boolean {
  const plain = name.slice(0, 100).normalize('NFC').toLowerCase().trim();
  return /^[\d\s\p{P}\p{S}]*$/u.test(plain) || words.test(plain) || recorders.test(plain);
}
