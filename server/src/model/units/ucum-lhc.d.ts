/** What we use of the unit library, which comes without types. */
declare module '@lhncbc/ucum-lhc' {
  interface LibraryUnitData {
    readonly csCode_: string;
    readonly name_: string;
    readonly magnitude_: number;
    readonly dim_: { readonly dimVec_: readonly number[] | null } | null;
    readonly moleExp_: number;
    readonly isArbitrary_: boolean;
    readonly isSpecial_: boolean;
  }
  export const UcumLhcUtils: {
    getInstance(): {
      getSpecifiedUnit(text: string, mode: 'validate'): { unit: LibraryUnitData | null | undefined; retMsg: string[]; status?: string };
    };
  };
  export const UnitTables: { getInstance(): { allUnitsByDef(): readonly LibraryUnitData[] } };
}
