export * from './csv.ts';
export * from './form.ts';
export * from './memo.ts';
export * from './pdf.ts';
export * from './xlsx.ts';
