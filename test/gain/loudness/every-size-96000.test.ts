import {testEverySize} from './every-size.ts';

testEverySize(96000);
