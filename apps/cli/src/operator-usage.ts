/** The names of an operator's subcommands and how they are called, without loading what they need. */

export const OPERATOR_NAMES: ReadonlySet<string> = new Set([
  'rotate',
  'revoke',
  'close',
  'freeze',
  'thaw',
  'compare',
  'rebuild',
]);

export const OPERATOR_USAGE = `       socai ledger rotate PLACE --step begin|finish        a new key: both sign from begin to finish
       socai ledger revoke PLACE --invalid-from SIZE        a key that may be stolen; a new one signs alone
       socai ledger close PLACE                             for good: the last key retires with the last entry
       socai ledger freeze PLACE --reason TEXT              nothing is signed until: socai ledger thaw PLACE
       socai ledger compare --data DIR [--school S]         the database's log with itself and with its folder
       socai ledger rebuild --data DIR [--school S] [--to FOLDER]   the folder's missing files, from the database
                                                    PLACE is --dir D, or --data DIR --school S of an installation
`;
