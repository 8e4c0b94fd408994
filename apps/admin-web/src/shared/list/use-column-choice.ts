import { useLocalStorage } from '@mantine/hooks';

interface Choosable {
  readonly key: string;
  readonly hidden?: boolean;
  readonly lead?: boolean;
}

/** Which columns somebody wants to see, remembered in this browser. */
export function useColumnChoice(listId: string, columns: readonly Choosable[]) {
  const [chosen, setChosen] = useLocalStorage<Readonly<Record<string, boolean>>>({
    key: `waymark.columns.${listId}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const isShown = (key: string): boolean => {
    const column = columns.find((candidate) => candidate.key === key);
    if (column?.lead === true) return true;
    return chosen[key] ?? column?.hidden !== true;
  };
  return { isShown, choose: (key: string, shown: boolean) => setChosen({ ...chosen, [key]: shown }) };
}
