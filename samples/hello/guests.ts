// A guest list with a mistake in it: one age is underlined in red. Put the cursor there, open the light bulb
// (Ctrl+. or Cmd+.) and choose "Fix with Youtu Code" or "Explain with Youtu Code".

interface Guest {
  name: string;
  age: number;
  isVegetarian: boolean;
}

export const guests: Guest[] = [
  { name: 'Ada', age: 36, isVegetarian: true },
  { name: 'Grace', age: '45', isVegetarian: false },
  { name: '小明', age: 9, isVegetarian: true },
];

export function averageAge(guests: Guest[]): number {
  const total = guests.reduce((sum, guest) => sum + guest.age, 0);
  return total / guests.length;
}

// This function has no doc comment. Put the cursor in it and run "Youtu Code: Document This".
export function groupByDiet(guests: Guest[]): Map<string, Guest[]> {
  const groups = new Map<string, Guest[]>();
  for (const guest of guests) {
    const diet = guest.isVegetarian ? 'vegetarian' : 'anything';
    groups.set(diet, [...(groups.get(diet) ?? []), guest]);
  }
  return groups;
}
